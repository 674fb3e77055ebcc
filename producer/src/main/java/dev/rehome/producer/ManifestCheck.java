package dev.rehome.producer;

import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.manifest.ExaminedManifest;
import dev.rehome.manifest.Manifest;
import dev.rehome.manifest.ManifestSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The manifest of this start, if the settings name one: fetched once, examined before anything is changed, and at hand
 * until {@link #close}. For use by one thread.
 */
final class ManifestCheck implements AutoCloseable {
    private final ManifestSettings settings;
    private final MigrationSettings migration;
    private final ProducerCatalog catalog;
    private Optional<Manifest> manifest = Optional.empty();
    private Optional<ExaminedManifest> examined = Optional.empty();

    ManifestCheck(ManifestSettings settings, MigrationSettings migration, ProducerCatalog catalog) {
        this.settings = settings;
        this.migration = migration;
        this.catalog = catalog;
    }

    /** Examines it; {@code table} says what the column can hold. Repeatable. */
    List<PreflightFinding> examine(Optional<CatalogTable> table) {
        List<PreflightFinding> findings = new ArrayList<>();
        if (settings.place().isPresent()) {
            try {
                examine(table, findings);
            } catch (Rejected refused) {
                findings.add(PreflightFinding.refused(refused.getMessage()));
            }
        }
        return findings;
    }

    /** Holds it against the latest run. Only after {@link #examine}, and only where our tables are known to be ours. */
    List<PreflightFinding> compare() {
        return catalog.runs().latest().flatMap(run -> run.refusal(identity())).map(PreflightFinding::refused).stream()
                .toList();
    }

    /** Whether it is known what is to be moved: also where no manifest is asked for. */
    boolean isKnown() {
        return settings.place().isEmpty() || examined.isPresent();
    }

    private void examine(Optional<CatalogTable> table, List<PreflightFinding> findings) {
        if (manifest.isEmpty()) {
            manifest = Optional.of(Manifest.open(settings));
        }
        ExaminedManifest found =
                manifest.get().examine(migration.sourceBucket(), migration.keys(), table.map(CatalogTable::capacity));
        findings.add(PreflightFinding.info(String.format(
                Locale.ROOT,
                "Manifest %s: %,d lines with %,d keys, %,d lines with a new key. %s.",
                settings.place().get(),
                found.lines(),
                found.keys(),
                found.ownNames(),
                found.identity())));
        found.problems().forEach(problem -> findings.add(PreflightFinding.refused(problem)));
        examined = Optional.of(found);
    }

    /** The manifest as it was examined; empty without one. Only after {@link #examine}. */
    Optional<ExaminedManifest> examined() {
        return examined;
    }

    /** Its identity; empty without one. */
    Optional<String> identity() {
        return examined.map(ExaminedManifest::identity);
    }

    @Override
    public void close() {
        manifest.ifPresent(Manifest::close);
    }
}
