package dev.rehome.producer;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.KeysInUse;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.ObjectKeyRules;
import dev.rehome.common.store.Store;
import dev.rehome.manifest.Manifest;
import dev.rehome.manifest.ManifestSettings;
import dev.rehome.manifest.ValidatedManifest;
import dev.rehome.producer.report.PeriodicLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifest of a run, if the settings name one: fetched and validated by the preflight, and loaded into the database
 * before the run starts. The database records which manifest it holds completely, so a load that was killed is repeated,
 * and one that was completed is not. For use by one thread.
 */
final class RunManifest implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunManifest.class);

    private final ManifestSettings settings;
    private final Supplier<Store> stores;
    private final ObjectKeyRules keyRules;
    private final MigrationSettings migration;
    private final ProducerCatalog catalog;
    private final MonotonicClock clock;
    private Optional<Manifest> manifest = Optional.empty();
    private Optional<ValidatedManifest> validated = Optional.empty();

    /**
     * Reads nothing yet.
     *
     * @param stores opens the store of a manifest that is an object
     * @param keyRules the keys that the migrated objects may have
     */
    RunManifest(
            ManifestSettings settings,
            Supplier<Store> stores,
            ObjectKeyRules keyRules,
            MigrationSettings migration,
            ProducerCatalog catalog,
            MonotonicClock clock) {
        this.settings = settings;
        this.stores = stores;
        this.keyRules = keyRules;
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
                manifest = Optional.of(Manifest.open(settings, stores));
            }
            ValidatedManifest found = manifest.get()
                    .validate(migration.sourceBucket(), migration.keys(), keyRules, table.map(CatalogTable::capacity));
            ValidatedManifest.Summary summary = found.summary();
            findings.add(PreflightFinding.info(String.format(
                    Locale.ROOT,
                    "Manifest %s: %,d lines with %,d object keys, %,d lines with a new key. %s.",
                    settings.place().get(),
                    summary.lines(),
                    summary.keys(),
                    summary.newKeys(),
                    summary.identity())));
            found.errors().forEach(error -> findings.add(PreflightFinding.refused(error)));
            validated = Optional.of(found);
        } catch (Rejected refused) {
            findings.add(PreflightFinding.refused(refused.getMessage()));
        }
        return findings;
    }

    /**
     * Compares it with the manifest of the latest run, and its new keys with those that migrated rows use. Only after
     * {@link #validate}, and only if the ledger's tables are known to belong to this migration.
     */
    List<PreflightFinding> compareWithLatestRun() {
        Optional<Run> latest = catalog.runs().latest();
        Optional<String> refusal = latest.flatMap(run -> run.refusal(identity()));
        if (refusal.isPresent() || validated.isEmpty() || latest.isEmpty()) {
            return refusal.map(PreflightFinding::refused).stream().toList();
        }
        // A manifest that is resumed or repeated was compared when its first run started.
        return latest.get().manifest().equals(identity())
                ? List.of()
                : validated.get().errorsAgainst(new KeysInUse(catalog.migrated())).stream()
                        .map(PreflightFinding::refused)
                        .toList();
    }

    /** Whether the selection of records is known: either by the prefix, or by a manifest that could be read. */
    boolean isKnown() {
        return settings.place().isEmpty() || validated.isPresent();
    }

    /** The validated manifest; empty without one. Only after {@link #validate}. */
    Optional<ValidatedManifest> validated() {
        return validated;
    }

    /** Its identity; empty without one. */
    Optional<String> identity() {
        return validated.map(found -> found.summary().identity());
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
        ValidatedManifest.Summary wanted = validated.get().summary();
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
        validated
                .get()
                .read(entries -> catalog.manifest().load(wanted.identity(), entries, progress(wanted.lines(), signal)));
        LOG.info("Loaded the manifest");
    }

    private LongConsumer progress(long lines, ShutdownSignal signal) {
        PeriodicLine line = new PeriodicLine(clock, LOG::info);
        return loaded -> {
            if (signal.isRequested()) {
                throw new Unavailable("Asked to stop while loading the manifest");
            }
            line.offer(() -> String.format(Locale.ROOT, "Loading the manifest: %,d of %,d lines", loaded, lines));
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
