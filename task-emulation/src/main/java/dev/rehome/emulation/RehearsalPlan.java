package dev.rehome.emulation;

import dev.rehome.emulation.migration.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The size and shape of one rehearsal.
 *
 * @param home the project's folder, with the built modules in it
 * @param rows rows of the table
 * @param consumers consumer processes
 * @param store the object store
 * @param batchSize records in a batch
 * @param keep whether data and logs are kept
 * @param chaos how long faults are injected while an application writes; zero for a rehearsal without faults
 * @param seed of the random choices
 * @param debugged the program that waits for a debugger at its start, producer or consumer; empty for none
 */
record RehearsalPlan(
        Path home,
        int rows,
        int consumers,
        ObjectStore store,
        int batchSize,
        boolean keep,
        Duration chaos,
        long seed,
        Optional<String> debugged) {
    private static final String DEBUGGER =
            "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:5005";

    /**
     * The object store of a rehearsal.
     *
     * @param synthetic whether it only answers as if the objects were there
     * @param objectSize bytes of each object
     * @param latency added to each request
     */
    record ObjectStore(boolean synthetic, int objectSize, Duration latency) {}

    /** The time after which a migration counts as one that never ends: ten minutes, and 20 ms for each row. */
    Duration timeout() {
        return Duration.ofMinutes(10).plusMillis(20L * rows);
    }

    /** The command of a program, with the jar that its image contains. */
    List<String> command(String program) {
        Path jar = home.resolve(program + "/target/app/" + program + ".jar");
        return debugged.filter(program::equals).isPresent()
                ? List.of(Programs.java(), DEBUGGER, "-jar", jar.toString())
                : List.of(Programs.java(), "-jar", jar.toString());
    }
}
