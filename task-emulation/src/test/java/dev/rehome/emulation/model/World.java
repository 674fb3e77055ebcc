package dev.rehome.emulation.model;

import dev.rehome.common.ContractProxy;
import dev.rehome.common.Rejected;
import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchQueue;
import dev.rehome.common.queue.MemoryBatchQueue;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.Transfer;
import dev.rehome.consumer.ModelConsumer;
import dev.rehome.producer.ModelProducer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * One simulated migration: a database, a queue and a store in memory, two producers and three consumers that work on
 * them, and an application that writes to the same rows. Everything happens on one thread in an order that the seed
 * decides.
 */
final class World {
    private static final TargetKeyRule KEYS = new TargetKeyRule("old", "new", KeyLayout.PREFIX);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final int MAX_ATTEMPTS = 3;
    private static final int MAX_OPEN = 4;
    private static final int BATCH = 3;
    private static final int WINDOW = 4;
    private static final int MAX_FAULTLESS_STEPS = 20_000;
    private static final MigrationSettings MIGRATION = new MigrationSettings("a", "b", KEYS, "model");

    private final SplittableRandom random;
    private final TestClock time = new TestClock();
    private final MemoryBatchQueue queue = new MemoryBatchQueue(time, LEASE, MAX_ATTEMPTS, MAX_OPEN);
    private final MemoryDatabase database = new MemoryDatabase(KEYS, WINDOW, time);
    private final MemoryCatalog observer = database.open();
    private final SimulatedStore store;
    private final JudgedOutcomes outcomes;
    private final Faults faults;
    private final Application application;
    private final List<Producer> producers = List.of(new Producer(), new Producer());
    private final List<SimulatedProcess> processes = Stream.of(
                    producers, List.of(new Consumer(), new Consumer(), new Consumer()))
            .<SimulatedProcess>flatMap(List::stream)
            .toList();
    private Runnable backup = queue::wipe;
    private Duration databaseReturns = Duration.ZERO;
    private int paused;
    private int names;

    World(long seed) {
        this.random = new SplittableRandom(seed);
        this.faults = new Faults(random.split(), Faults.Rates.random(random), this::othersContinue);
        this.store = new SimulatedStore(random.split(), KEYS);
        this.outcomes = new JudgedOutcomes(observer.outcomes(), store);
        this.application = new Application(random.split(), database.rows(), store, KEYS);
    }

    /** One step of a process, of the application or of the environment. */
    void step() {
        int who = random.nextInt(processes.size() + 2);
        if (who < processes.size()) {
            processes.get(who).step();
        } else if (who == processes.size()) {
            application.write();
        } else {
            environmentStep();
        }
    }

    private void environmentStep() {
        switch (random.nextInt(60)) {
            case 0 -> queue.wipe();
            case 1 -> backup = queue.backUp();
            case 2 -> backup.run();
            case 3 -> {
                // Not while a consumer works: it can't know of a denial that ends before it looks again.
                if (paused == 0) {
                    store.toggleDenial();
                }
            }
            case 4, 5 -> store.occupy(random.nextInt(Application.MAX_ROWS));
            case 6 -> {
                databaseReturns = time.now().plusSeconds(random.nextInt(60));
                producers.forEach(Producer::loseConnection);
            }
            case 7 -> producers.get(random.nextInt(producers.size())).loseConnection();
            default -> time.advance(Duration.ofSeconds(random.nextInt(30)));
        }
    }

    /** What happens while one process is paused in the middle of a step. */
    private void othersContinue() {
        paused++;
        for (int steps = random.nextInt(12); steps > 0; steps--) {
            step();
        }
        paused--;
        time.advance(Duration.ofSeconds(random.nextInt(90)));
    }

    /**
     * Restarts all processes and lets them work without faults and without application writes. Returns whether a run that
     * began after that completed.
     */
    boolean completesWithoutFaults() {
        faults.stop();
        store.heal();
        databaseReturns = Duration.ZERO;
        processes.forEach(SimulatedProcess::kill);
        long before = completedRuns();
        for (int step = 0; step < MAX_FAULTLESS_STEPS; step++) {
            processes.get(random.nextInt(processes.size())).step();
            time.advance(Duration.ofMillis(500));
            // The first run to complete may have begun before; the second one has read every row.
            if (completedRuns() >= before + 2) {
                return true;
            }
        }
        return false;
    }

    private long completedRuns() {
        return observer.runs()
                .latest()
                .map(run -> run.number() - (run.completed().isPresent() ? 0 : 1))
                .orElse(0);
    }

    /** The contract, unavailable while the database is down; a caller that would wait in real time is stopped. */
    private <T> T ofDatabase(Class<T> contract, T target, Runnable onAway) {
        return ContractProxy.of(contract, target, (method, call) -> {
            if (time.now().compareTo(databaseReturns) < 0) {
                onAway.run();
                throw new Unavailable("simulated: the database is down");
            }
            return call.call();
        });
    }

    /** The first guarantee that is violated now; empty when none is. {@code atEnd}: after a complete run. */
    String violation(boolean atEnd) {
        return outcomes.violation().orElseGet(() -> application.violation(atEnd));
    }

    int copies() {
        return store.copies();
    }

    String contents() {
        return database.rows() + " " + queue.contents();
    }

    private final class Producer extends SimulatedProcess {
        private MemoryCatalog view;
        private ModelProducer producer;

        @Override
        void run() {
            if (producer == null) {
                view = database.open();
                producer = new ModelProducer(
                        faults.into(ProducerCatalog.class, ofDatabase(ProducerCatalog.class, view, () -> {})),
                        faults.into(BatchQueue.class, queue),
                        () -> BatchId.next(time, random),
                        time,
                        "producer " + names++,
                        BATCH,
                        LEASE);
            }
            producer.step(random);
            if (producer.isDone()) {
                kill();
            }
        }

        /** The database ends the connection that holds the lock; the process lives on. */
        void loseConnection() {
            if (view != null) {
                view.close();
            }
        }

        @Override
        void kill() {
            loseConnection();
            producer = null;
        }
    }

    private final class Consumer extends SimulatedProcess {
        private ModelConsumer consumer;

        @Override
        void run() {
            if (consumer == null) {
                consumer = new ModelConsumer(
                        // Inside a batch a consumer waits for an unavailable service in real time.
                        faults.into(
                                BatchClaimer.class,
                                queue.claimer("consumer " + names++),
                                method -> method.getName().equals("claim")),
                        faults.into(
                                OutcomeLedger.class,
                                ofDatabase(OutcomeLedger.class, outcomes, () -> consumer.terminate()),
                                method -> false),
                        faults.into(Transfer.class, store, method -> false),
                        store,
                        MIGRATION,
                        faults.into(RunLedger.class, ofDatabase(RunLedger.class, observer.runs(), () -> {})),
                        time);
            }
            try {
                consumer.step();
            } catch (Rejected denied) {
                // The store denied every copy for too long: the consumer ends and is started again.
                kill();
            }
        }

        @Override
        void runBackground() {
            if (consumer != null && random.nextBoolean()) {
                consumer.beat();
            }
        }

        @Override
        void kill() {
            consumer = null;
        }
    }
}
