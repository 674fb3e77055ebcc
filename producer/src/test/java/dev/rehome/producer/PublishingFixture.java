package dev.rehome.producer;

import dev.rehome.common.batch.RunId;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.producer.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Publishing on a catalog and a queue in memory, step by step. */
abstract class PublishingFixture {
    static final int BATCH = 2;
    static final int MAX_IDLE_PASSES = 3;

    final MemoryMigration migration = new MemoryMigration();
    final Leadership leadership = new Leadership();
    final Progress progress = new Progress();
    final List<String> claimed = new ArrayList<>();
    String throttled = "";
    PublishingBound bound = PublishingBound.none();
    long done;

    Publishing publishing() {
        return publishing(false, leadership);
    }

    Publishing publishing(boolean resumed, Leadership held) {
        return publishing(MemoryMigration.RUN, resumed, held);
    }

    Publishing publishing(RunId run, boolean resumed, Leadership held) {
        return new Publishing(
                migration.catalog.table().work(),
                migration.queue.publisher(MemoryMigration.PRODUCER, other -> false),
                migration.ids(),
                held,
                () -> throttled,
                progress,
                new Publishing.Settings(run, resumed, () -> BATCH, Duration.ZERO, MAX_IDLE_PASSES, bound));
    }

    QueueDepth depth() {
        return migration.queue.publisher("observer", run -> false).depth();
    }

    static void steps(Publishing publishing, int steps) {
        for (int i = 0; i < steps; i++) {
            publishing.run();
        }
    }

    /** Publishes with a consumer and the bulk update beside it. */
    void work(Publishing publishing, int steps) {
        work(publishing, steps, this::migrate);
    }

    void work(Publishing publishing, int steps, Consumer<Claim> consumer) {
        for (int i = 0; i < steps && publishing.result().isEmpty(); i++) {
            publishing.run();
            Optional<Claim> claim = migration.claim();
            claim.ifPresent(found -> {
                found.batch().records().forEach(record -> claimed.add(record.location()));
                consumer.accept(found);
            });
        }
    }

    void migrate(Claim claim) {
        claim.batch()
                .records()
                .forEach(record -> migration.database.rows().put(record.rowKey(), "new/" + record.rowKey()));
        finish(claim, RecordTotals.NONE.withMigrated(claim.batch().size()));
    }

    void finish(Claim claim, RecordTotals totals) {
        progress.applied(claim.batch().id(), totals);
        migration
                .queue
                .publisher(MemoryMigration.PRODUCER, run -> false)
                .finish(claim.batch().id());
    }
}
