package dev.rehome.emulation;

import java.nio.file.Path;
import java.time.Duration;

/**
 * One rehearsal's size and shape.
 *
 * @param home the project's folder, with the built modules in it
 * @param rows rows of the table
 * @param consumers consumer processes
 * @param objectSize bytes of each object
 * @param batchSize records in a batch
 * @param latency added to each S3 request
 * @param keep whether data and logs are kept
 * @param chaos how long everything is killed, frozen and wiped while an application writes; zero for not at all
 * @param seed of the random choices
 */
record RehearsalPlan(
        Path home,
        int rows,
        int consumers,
        int objectSize,
        int batchSize,
        Duration latency,
        boolean keep,
        Duration chaos,
        long seed) {
    /** The same with so many consumers. */
    RehearsalPlan withConsumers(int count) {
        return new RehearsalPlan(home, rows, count, objectSize, batchSize, latency, keep, chaos, seed);
    }

    /** How long a migration may take before it counts as one that never ends: ten minutes, and time for each row. */
    Duration patience() {
        return Duration.ofMinutes(10).plusMillis(20L * rows);
    }

    /** The producer as an image holds it. */
    Path producerJar() {
        return home.resolve("producer/target/app/producer.jar");
    }

    /** The consumer as an image holds it. */
    Path consumerJar() {
        return home.resolve("consumer/target/app/consumer.jar");
    }
}
