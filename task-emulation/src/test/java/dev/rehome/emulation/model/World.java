package dev.rehome.emulation.model;

import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.RowKey;
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
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.Transfer;
import dev.rehome.consumer.ModelConsumer;
import dev.rehome.producer.ModelProducer;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Everything that a migration works on, in memory, with the processes that work on it. For one thread. */
final class World {
    static final TargetKeyRule KEYS = new TargetKeyRule("old", "new", KeyLayout.PREFIX);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final int MAX_ATTEMPTS = 3;
    private static final int MAX_OPEN = 4;
    private static final int BATCH = 3;
    private static final int WINDOW = 4;
    private static final MigrationSettings MIGRATION = new MigrationSettings("a", "b", KEYS, "model");

    private final SplittableRandom random;
    private final TestClock time = new TestClock();
    private final MemoryBatchQueue queue = new MemoryBatchQueue(time, LEASE, MAX_ATTEMPTS, MAX_OPEN);
    private final MemoryDatabase database = new MemoryDatabase(KEYS, WINDOW, time);
    private final MemoryCatalog catalog = database.open();
    private final Set<String> sources = new HashSet<>();
    private final Set<String> targets = new HashSet<>();
    private final Fate fate;
    private final Application application;
    private final Actor[] actors;
    private int copies;
    private int names;

    World(long seed) {
        this.random = new SplittableRandom(seed);
        // Each world has a temper of its own, from calm to one where hardly a batch gets through.
        this.fate = new Fate(random.split(), 15 + random.nextInt(200), 10 + random.nextInt(100), this::moveOn);
        this.application = new Application(random.split(), database.rows(), sources);
        this.actors = new Actor[] {producer(), producer(), consumer(), consumer(), consumer()};
    }

    /** One step of somebody who isn't in the middle of one. */
    void step() {
        int who = random.nextInt(actors.length + 2);
        if (who == actors.length) {
            application.write();
        } else if (who == actors.length + 1) {
            chance();
        } else {
            actors[who].step();
        }
    }

    private void chance() {
        if (random.nextInt(40) == 0) {
            queue.wipe();
        } else {
            time.advance(Duration.ofSeconds(random.nextInt(30)));
        }
    }

    private void moveOn() {
        for (int i = random.nextInt(12); i > 0; i--) {
            step();
        }
        time.advance(Duration.ofSeconds(random.nextInt(90)));
    }

    /** Nothing goes wrong any more: runs until a run that began now is complete. Answers whether that came. */
    boolean drain() {
        fate.relent();
        for (Actor actor : actors) {
            actor.restart();
        }
        long completed = completed();
        for (int i = 0; i < 20_000; i++) {
            actors[random.nextInt(actors.length)].step();
            time.advance(Duration.ofMillis(500));
            // The run that was open may be one that began before: the one after it surely saw every row.
            if (completed() >= completed + 2) {
                return true;
            }
        }
        return false;
    }

    private long completed() {
        return catalog.runs()
                .latest()
                .map(run -> run.number() - (run.completed().isPresent() ? 0 : 1))
                .orElse(0);
    }

    /** What doesn't hold now; empty when all does. {@code end}: after a drain. */
    String breach(boolean end) {
        return application.breach(database.rows(), targets, sources, end);
    }

    int copies() {
        return copies;
    }

    String contents() {
        return database.rows() + " " + queue.contents();
    }

    private Actor producer() {
        return new Actor() {
            private MemoryCatalog view;
            private ModelProducer producer;

            @Override
            void act() {
                if (producer == null) {
                    view = database.open();
                    String token = "producer " + names++;
                    producer = new ModelProducer(
                            fate.over(ProducerCatalog.class, view),
                            fate.over(BatchQueue.class, queue),
                            () -> BatchId.next(time, random),
                            time,
                            token,
                            BATCH,
                            LEASE);
                }
                producer.step(random);
                if (producer.isDone()) {
                    end();
                }
            }

            @Override
            void end() {
                if (view != null) {
                    view.close();
                }
                producer = null;
            }
        };
    }

    private Actor consumer() {
        return new Actor() {
            private ModelConsumer consumer;

            @Override
            void act() {
                if (consumer == null) {
                    BatchClaimer claimer = queue.claimer("consumer " + names++);
                    consumer = new ModelConsumer(
                            fate.over(BatchClaimer.class, claimer),
                            fate.over(OutcomeLedger.class, catalog.outcomes()),
                            fate.over(Transfer.class, World.this::copy),
                            MIGRATION,
                            time,
                            random,
                            fate.over(RunLedger.class, catalog.runs()));
                }
                consumer.step();
            }

            @Override
            void meanwhile() {
                if (consumer != null && random.nextBoolean()) {
                    consumer.beat();
                }
            }

            @Override
            void end() {
                consumer = null;
            }
        };
    }

    private CompletionStage<CopyResult> copy(Location source, Location target) {
        if (!sources.contains(source.objectKey())) {
            return CompletableFuture.completedFuture(Refusal.ofObject(FailureCode.NOT_FOUND, source.objectKey()));
        }
        boolean moved = targets.add(target.objectKey());
        copies += moved ? 1 : 0;
        return CompletableFuture.completedFuture(
                new CopyResult.Copied(target, ContentProof.etag("etag"), OptionalLong.empty()));
    }

    /** A process: it dies at a crash and is started again. While it is in the middle of a step it takes no other. */
    private abstract static class Actor {
        private boolean busy;

        abstract void act();

        abstract void end();

        void meanwhile() {}

        final void step() {
            if (busy) {
                meanwhile();
                return;
            }
            busy = true;
            try {
                act();
            } catch (Crash crash) {
                end();
            } catch (Unavailable later) {
                // Its loop would wait and repeat the step.
                return;
            } finally {
                busy = false;
            }
        }

        final void restart() {
            end();
        }
    }

    /** A row's key. */
    static RowKey key(int id) {
        return RowKey.of(Integer.toString(id));
    }
}
