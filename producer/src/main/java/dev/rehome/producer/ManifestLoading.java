package dev.rehome.producer;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.catalog.ManifestLoader;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.manifest.ExaminedManifest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the manifest into its table before the run begins that works by it. The table says itself which manifest it holds
 * whole, so that a load that was killed is done again, and one that was finished is not.
 */
final class ManifestLoading {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestLoading.class);
    private static final Duration TELL = Duration.ofSeconds(5);

    private final RunLedger runs;
    private final LeaderLock lock;
    private final ManifestLoader loader;
    private final ExaminedManifest manifest;
    private final InstantSource time;
    private final ShutdownSignal signal;

    ManifestLoading(
            RunLedger runs,
            LeaderLock lock,
            ManifestLoader loader,
            ExaminedManifest manifest,
            InstantSource time,
            ShutdownSignal signal) {
        this.runs = runs;
        this.lock = lock;
        this.loader = loader;
        this.manifest = manifest;
        this.time = time;
        this.signal = signal;
    }

    /**
     * Loads it where it isn't; repeatable.
     *
     * @throws Unavailable also when another producer holds the lock, or we are asked to stop
     * @throws Rejected when a run with another manifest is not complete: that one must stay
     */
    void load() {
        if (!lock.acquire(Duration.ZERO)) {
            throw new Unavailable("Another producer took the lock before the manifest was loaded");
        }
        runs.latest()
                .flatMap(run -> run.refusal(Optional.of(manifest.identity())))
                .ifPresent(refusal -> {
                    throw new Rejected(refusal);
                });
        if (isLoaded()) {
            LOG.info("The manifest is loaded already");
            return;
        }
        LOG.info("Loading the manifest");
        manifest.read(entries -> loader.load(manifest.identity(), entries, telling()));
        LOG.info("The manifest is loaded");
    }

    private LongConsumer telling() {
        Instant[] told = {time.instant()};
        return loaded -> {
            if (signal.isRequested()) {
                throw new Unavailable("Asked to stop while the manifest is loaded");
            }
            if (Duration.between(told[0], time.instant()).compareTo(TELL) >= 0) {
                told[0] = time.instant();
                LOG.info(
                        "{}",
                        String.format(Locale.ROOT, "Loading the manifest: %,d of %,d lines", loaded, manifest.lines()));
            }
        };
    }

    /**
     * Looks once more when the run is begun. From then on no other manifest is loaded; but when the lock was lost in
     * between, another producer may have loaded its own before.
     */
    void mustBeLoaded() {
        if (!isLoaded()) {
            throw new Unavailable("Another producer loaded its manifest meanwhile; loading this one again");
        }
    }

    private boolean isLoaded() {
        return loader.loaded().equals(Optional.of(manifest.identity()));
    }
}
