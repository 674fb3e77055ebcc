package dev.rehome.emulation;

import dev.rehome.emulation.chaos.Fault;
import dev.rehome.emulation.process.ServiceTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The producer and the consumers of a rehearsal. For use by one thread. */
final class MigrationTasks implements AutoCloseable {
    private final ServiceTask producer;
    private final List<ServiceTask> all = new ArrayList<>();

    /** {@code endless}: whatever ends is started again, until it is all closed. */
    MigrationTasks(
            RehearsalPlan plan, RehearsalServices services, Path directory, boolean endless, Consumer<String> notes) {
        Map<String, String> environment = services.environment(plan.batchSize(), plan.consumers());
        producer = new ServiceTask(
                "producer",
                command(plan.producerJar()),
                environment,
                directory.resolve("producer.log"),
                // Refused settings are final too: starting again would not help.
                endless ? Set.of() : Set.of(0, 2, 3),
                notes);
        all.add(producer);
        for (int i = 1; i <= plan.consumers(); i++) {
            all.add(new ServiceTask(
                    "consumer " + i,
                    command(plan.consumerJar()),
                    environment,
                    directory.resolve("consumer-" + i + ".log"),
                    endless ? Set.of() : Set.of(0, 2),
                    notes));
        }
    }

    /** What the images' entry points run. */
    private static List<String> command(Path jar) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-jar", jar.toString(), "run");
    }

    /** Starts them; answers their process ids by name. */
    Map<String, Long> start() {
        Map<String, Long> pids = new TreeMap<>();
        for (ServiceTask task : all) {
            task.start();
            pids.put(task.name(), task.pid());
        }
        return pids;
    }

    /** Looks at each; answers whether all are done, or the producer was refused. */
    boolean look() {
        all.forEach(ServiceTask::look);
        return all.stream().allMatch(ServiceTask::isDone) || (producer.isDone() && producer.exitCode() == 2);
    }

    /** What can go wrong with the processes. */
    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (ServiceTask task : all) {
            faults.add(new Fault(task.name() + " killed", time -> task.kill()));
            faults.add(new Fault(task.name() + " frozen", time -> {
                task.freeze(true);
                try {
                    Thread.sleep(time);
                } finally {
                    task.freeze(false);
                }
            }));
        }
        return faults;
    }

    /** How the producer ended. */
    int producerCode() {
        return producer.isDone() ? producer.exitCode() : -1;
    }

    List<ServiceTask> all() {
        return all;
    }

    @Override
    public void close() {
        all.forEach(ServiceTask::close);
    }
}
