package dev.rehome.emulation.migration;

import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.RestartedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A producer and consumers, each restarted when it dies, as the services of ECS do. For use by one thread. */
public final class RestartedProcesses implements AutoCloseable {
    private final List<RestartedProcess> all = new ArrayList<>();

    private RestartedProcesses(
            EmulatedMigration migration,
            int consumers,
            Set<Integer> ofProducer,
            Set<Integer> ofConsumers,
            Consumer<String> notes) {
        all.add(new RestartedProcess(() -> migration.process("producer", "producer"), ofProducer, notes));
        for (int i = 1; i <= consumers; i++) {
            String name = "consumer " + i;
            all.add(new RestartedProcess(() -> migration.process(name, "consumer"), ofConsumers, notes));
        }
    }

    /** Starts a producer and this many consumers; {@code notes} receives a line for each restart. */
    public static RestartedProcesses untilDone(EmulatedMigration migration, int consumers, Consumer<String> notes) {
        // Exit code 2 means invalid settings or a refusal by the preflight: another start wouldn't help.
        return new RestartedProcesses(migration, consumers, Set.of(0, 2, 3), Set.of(0, 2), notes);
    }

    /** The same, but a process that ends is restarted whatever its exit code. */
    public static RestartedProcesses endless(EmulatedMigration migration, int consumers, Consumer<String> notes) {
        return new RestartedProcesses(migration, consumers, Set.of(), Set.of(), notes);
    }

    /** The producer first, then the consumers. */
    public List<RestartedProcess> all() {
        return all;
    }

    /** The producer. */
    public RestartedProcess producer() {
        return all.get(0);
    }

    /** Restarts processes that died; returns whether all are done, or the producer was refused or had invalid settings. */
    public boolean poll() {
        all.forEach(RestartedProcess::poll);
        return all.stream().allMatch(RestartedProcess::isDone)
                || (producer().isDone() && producer().process().exitCode() == 2);
    }

    /**
     * Waits for the end of the producer. Until then, consumers that have ended by themselves are restarted, too, because a
     * producer that was killed at the very end starts another run.
     */
    public MigrationProcess awaitProducer() {
        Await.until("the producer ends", Await.RUN, () -> {
            poll();
            if (!producer().isDone()) {
                all.stream().filter(RestartedProcess::isDone).forEach(RestartedProcess::replace);
            }
            return producer().isDone();
        });
        return producer().process();
    }

    @Override
    public void close() {
        all.forEach(RestartedProcess::close);
    }
}
