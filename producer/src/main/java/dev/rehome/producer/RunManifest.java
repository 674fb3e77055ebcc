package dev.rehome.producer;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.manifest.ExaminedManifest;
import dev.rehome.manifest.Manifest;
import dev.rehome.manifest.ManifestSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifest of a run, if the settings name one: fetched and validated by the preflight, and loaded into the database
 * before the run starts. The database records which manifest it holds completely, so a load that was killed is repeated,
 * and one that was completed is not. For use by one thread.
 */
final class RunManifest implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunManifest.class);
    private static final Duration PROGRESS_PERIOD = Duration.ofSeconds(5);

    private final ManifestSettings settings;
    private final MigrationSettings migration;
    private final ProducerCatalog catalog;
    private final MonotonicClock clock;
    private Optional<Manifest> manifest = Optional.empty();
    private Optional<ExaminedManifest> validated = Optional.empty();

    RunManifest(ManifestSettings settings, MigrationSettings migration, ProducerCatalog catalog, MonotonicClock clock) {
        this.settings = settings;
        this.migration = migration;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Validates the manifest and returns the findings; {@code table} says what the column can hold. Repeatable. */
    List<PreflightFinding> validate(Optional<CatalogTable> table) {
        if (settings.place().isEmpty()) {
            return List.of();
        }
        List<PreflightFinding> findings = new ArrayList<>();
        try {
            if (manifest.isEmpty()) {
                manifest = Optional.of(Manifest.open(settings));
            }
            ExaminedManifest found = manifest.get()
                    .examine(migration.sourceBucket(), migration.keys(), table.map(CatalogTable::capacity));
            findings.add(PreflightFinding.info(String.format(
                    Locale.ROOT,
                    "Manifest %s: %,d lines with %,d object keys, %,d lines with a new key. %s.",
                    settings.place().get(),
                    found.lines(),
                    found.keys(),
                    found.ownNames(),
                    found.identity())));
            found.problems().forEach(problem -> findings.add(PreflightFinding.refused(problem)));
            validated = Optional.of(found);
        } catch (Rejected refused) {
            findings.add(PreflightFinding.refused(refused.getMessage()));
        }
        return findings;
    }

    /**
     * Compares it with the manifest of the latest run. Only after {@link #validate}, and only if the ledger's tables are
     * known to belong to this migration.
     */
    List<PreflightFinding> compareWithLatestRun() {
        return catalog.runs().latest().flatMap(run -> run.refusal(identity())).map(PreflightFinding::refused).stream()
                .toList();
    }

    /** Whether the selection of records is known: either by the prefix, or by a manifest that could be read. */
    boolean isKnown() {
        return settings.place().isEmpty() || validated.isPresent();
    }

    /** The validated manifest; empty without one. Only after {@link #validate}. */
    Optional<ExaminedManifest> validated() {
        return validated;
    }

    /** Its identity; empty without one. */
    Optional<String> identity() {
        return validated.map(ExaminedManifest::identity);
    }

    /**
     * Loads it into the database unless it is loaded already. Repeatable; does nothing without a manifest.
     *
     * @throws Unavailable also when another producer holds the lock, or the process is asked to stop
     * @throws Rejected when a run with another manifest is incomplete, which needs that manifest
     */
    void load(ShutdownSignal signal) {
        if (validated.isEmpty()) {
            return;
        }
        ExaminedManifest wanted = validated.get();
        if (!catalog.lock().acquire(Duration.ZERO)) {
            throw new Unavailable("Another producer took the lock before the manifest was loaded");
        }
        catalog.runs().latest().flatMap(run -> run.refusal(identity())).ifPresent(refusal -> {
            throw new Rejected(refusal);
        });
        if (isLoaded()) {
            LOG.info("The manifest is already loaded");
            return;
        }
        LOG.info("Loading the manifest: {} lines", wanted.lines());
        wanted.read(entries -> catalog.manifest().load(wanted.identity(), entries, progress(wanted.lines(), signal)));
        LOG.info("Loaded the manifest");
    }

    private LongConsumer progress(long lines, ShutdownSignal signal) {
        Duration[] logged = {clock.now()};
        return loaded -> {
            if (signal.isRequested()) {
                throw new Unavailable("Asked to stop while loading the manifest");
            }
            if (clock.now().minus(logged[0]).compareTo(PROGRESS_PERIOD) >= 0) {
                logged[0] = clock.now();
                LOG.info("{}", String.format(Locale.ROOT, "Loading the manifest: %,d of %,d lines", loaded, lines));
            }
        };
    }

    /**
     * Checks again once the run is started. From then on no other manifest can be loaded; but if the lock was lost in
     * between, another producer may have loaded its own before.
     *
     * @throws Unavailable when another manifest is loaded; load this one again
     */
    void mustBeLoaded() {
        if (validated.isPresent() && !isLoaded()) {
            throw new Unavailable("Another producer has loaded its manifest; loading this one again");
        }
    }

    private boolean isLoaded() {
        return catalog.manifest().loaded().equals(identity());
    }

    @Override
    public void close() {
        manifest.ifPresent(Manifest::close);
    }
}
