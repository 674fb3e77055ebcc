package dev.rehome.emulation.chaos;

import dev.rehome.embedded.EmbeddedMariaDb;
import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.embedded.EmbeddedServer;
import dev.rehome.emulation.application.LiveApplication;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.RestartedProcesses;
import dev.rehome.emulation.process.RestartedProcess;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs a migration under faults for a given time while an application writes; everything that dies is restarted. The
 * guarantees watch from the construction on until {@link #close}. For use by one thread.
 */
public final class Soak implements AutoCloseable {
    private static final Duration APPLICATION_PAUSE = Duration.ofMillis(10);
    private static final long POLL_MILLIS = 100;

    private final EmulatedMigration migration;
    private final Consumer<String> notes;
    private final Guarantees guarantees;
    private final List<String> breaches = new ArrayList<>();

    /** Starts watching a seeded migration. */
    public Soak(EmulatedMigration migration, Consumer<String> notes) {
        this.migration = migration;
        this.notes = notes;
        this.guarantees = new Guarantees(migration);
    }

    /** Injects faults for this long; {@code seed} repeats the choices, though not the timing. */
    public void run(Duration time, int consumers, long seed) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        int before = migration.journal().writes();
        try (RestartedProcesses processes = RestartedProcesses.endless(migration, consumers, notes)) {
            List<Fault> faults = new ArrayList<>(serverFaults());
            processes.all().forEach(process -> faults.addAll(processFaults(process)));
            FaultInjector injector = new FaultInjector(faults, random.split(), notes);
            LiveApplication application = new LiveApplication(migration, random.nextLong(), APPLICATION_PAUSE);
            try (injector;
                    application) {
                long end = System.nanoTime() + time.toNanos();
                while (end - System.nanoTime() > 0) {
                    processes.poll();
                    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                }
            } catch (AssertionError failed) {
                breaches.add("the application failed: " + failed + ": " + failed.getCause());
            }
            report(injector, migration.journal().writes() - before, application.longest());
        }
    }

    private void report(FaultInjector injector, int writes, Duration longest) {
        injector.failure().ifPresent(cause -> breaches.add("the fault injector failed: " + cause));
        if (injector.injected() == 0 || writes == 0) {
            breaches.add("the soak was too short to show anything: " + injector.injected() + " faults, " + writes
                    + " writes of the application");
        }
        String missed =
                injector.missed().isEmpty() ? "" : " (no time for " + String.join(", ", injector.missed()) + ")";
        notes.accept(String.format(
                "%d faults%s; the application committed %,d writes, the slowest statement took %d ms",
                injector.injected(), missed, writes, longest.toMillis()));
    }

    private static List<Fault> processFaults(RestartedProcess process) {
        String name = process.process().name();
        return List.of(
                new Fault(name + " killed", time -> process.process().kill()), new Fault(name + " frozen", time -> {
                    var frozen = process.process();
                    frozen.freeze();
                    TimeUnit.MILLISECONDS.sleep(time);
                    frozen.thaw();
                }));
    }

    /** The object store keeps its objects in memory, so it is only frozen. */
    private List<Fault> serverFaults() {
        EmbeddedRedis redis = migration.servers().redis();
        EmbeddedMariaDb database = migration.servers().database();
        return List.of(
                new Fault("Redis killed", time -> {
                    redis.kill();
                    redis.restart();
                }),
                new Fault("Redis wiped", time -> redis.wipe()),
                new Fault("Redis frozen", time -> freeze(redis, time)),
                new Fault("MariaDB killed", time -> {
                    database.kill();
                    database.restart();
                }),
                new Fault("MariaDB frozen", time -> freeze(database, time / 4)),
                new Fault(
                        "object store frozen",
                        time -> freeze(migration.servers().store(), time)));
    }

    private static void freeze(EmbeddedServer server, long millis) throws InterruptedException {
        server.freeze();
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } finally {
            server.thaw();
        }
    }

    /** Judges a migration that has ended, with a second run that may take this long at most. */
    public void judge(int exitCode, Duration atMost, Verdict verdict) throws SQLException {
        breaches.forEach(verdict::breach);
        guarantees.judgeWithSecondRun(exitCode, atMost, verdict);
    }

    @Override
    public void close() {
        guarantees.close();
    }
}
