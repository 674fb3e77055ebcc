package dev.rehome.emulation;

import dev.rehome.emulation.migration.BuiltPrograms;
import java.time.Duration;

/**
 * The size and shape of one rehearsal.
 *
 * @param programs the programs, and the folder of the project that built them
 * @param rows rows of the table
 * @param consumers consumer processes
 * @param store the object store
 * @param batchSize records in a batch
 * @param watching what the user can look at
 * @param chaos the faults
 */
record RehearsalPlan(
        BuiltPrograms programs,
        int rows,
        int consumers,
        ObjectStore store,
        int batchSize,
        Watching watching,
        Chaos chaos) {
    /**
     * The object store of a rehearsal.
     *
     * @param synthetic whether the S3 server stores no bytes and responds as if the objects existed
     * @param objectSize bytes of each object
     * @param latency added to each request
     */
    record ObjectStore(boolean synthetic, int objectSize, Duration latency) {}

    /**
     * What the user can look at.
     *
     * @param keep whether data and logs are kept after a success
     * @param dashboard whether the producer serves its dashboard and copies slowly enough to watch
     */
    record Watching(boolean keep, boolean dashboard) {}

    /**
     * Faults that are injected while an application writes.
     *
     * @param time how long; zero for a rehearsal without faults
     * @param seed of the random choices
     */
    record Chaos(Duration time, long seed) {}

    /**
     * The time limit of the migration: ten minutes plus 20 ms per row. With a dashboard a day, because the user may pause the
     * run.
     */
    Duration timeout() {
        return watching.dashboard()
                ? Duration.ofDays(1)
                : Duration.ofMinutes(10).plusMillis(20L * rows);
    }
}
