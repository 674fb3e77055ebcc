package dev.rehome.common.queue;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.TestBatches;
import java.util.stream.IntStream;

/** Steps that the parts of the contract share. */
interface QueueScenario {
    /** The run of the migration. */
    RunId RUN = TestBatches.RUN;

    /** The queue of this test. */
    QueueUnderTest queue();

    /** The producer {@code leader}. */
    BatchPublisher publisher();

    /** The producer leads and has begun pass 1 and published batches with these numbers and one record each. */
    default void published(int... ids) {
        publisher().lead(RUN);
        publisher().beginPass(1);
        IntStream.of(ids).forEach(this::publish);
    }

    /** The producer publishes one more. */
    default PublishResult publish(int id) {
        return publisher().publish(batch(id), RowKey.of(Integer.toString(id)), 1);
    }

    /** The batch with a number: its record's key is the same number. */
    default Batch batch(int id) {
        return TestBatches.batch(id, id);
    }

    /** A consumer claims the oldest. */
    default Lease claimed(String owner) {
        return queue().claimer(owner).claim(RUN).orElseThrow().lease();
    }

    /** Batch 1 is published and its attempts are used up. */
    default void dead() {
        published(1);
        for (int attempt = 1; attempt <= QueueUnderTest.MAX_ATTEMPTS; attempt++) {
            claimed("dies");
            queue().expireLeases();
            queue().reaper().recover();
        }
    }
}
