package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.TestClock;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.queue.Lease;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchCopyTest {
    private static final int PERMITS = 8;
    private static final Location ANY = new Location("memory", "any", "");

    private final TestClock clock = new TestClock();
    private final AdaptiveConcurrencyLimit limit = new AdaptiveConcurrencyLimit(clock, 2 * PERMITS);
    private final List<CompletableFuture<CopyResult>> started = new ArrayList<>();
    private final CopiedObjectCheck check = new CopiedObjectCheck((from, to) -> Optional.empty(), Optional::empty);
    private final BatchCopy copies = new BatchCopy(
            new RecordCopy(this::start, new TargetKeyRule("old", "new", KeyLayout.PREFIX), ANY, ANY),
            limit,
            new StoreHealth(clock, check),
            check,
            new CopyTimes(clock),
            clock,
            BatchCopy.RetryPolicy.with(5));

    @Test
    void batchThatEndsWithAnErrorStartsNoMoreCopies() {
        Batch batch = new Batch(
                new BatchId(new UUID(0, 1)),
                TestBatches.RUN,
                IntStream.range(0, 3 * PERMITS)
                        .mapToObj(i -> new SourceRecord(RowKey.of(Integer.toString(i)), "old/" + i))
                        .toList());
        ActiveLease lease = new ActiveLease(
                new Lease(batch.id(), "me", 1), clock, clock.now().plus(Duration.ofDays(1)));

        assertThatThrownBy(() -> copies.copy(BatchObject.of(batch, Set.of()), lease, (object, result) -> {
                    throw new Rejected("the ledger was created for other settings");
                }))
                .isInstanceOf(Rejected.class);
        int before = started.size();
        for (int i = 1; i < before; i++) {
            succeed(i);
        }

        assertThat(started).hasSize(before);
        assertThat(limit.inFlight()).isZero();
    }

    /** The first copy ends when all permits are in use. */
    private CompletionStage<CopyResult> start(Location from, Location to) {
        CompletableFuture<CopyResult> copy = new CompletableFuture<>();
        started.add(copy);
        if (started.size() == PERMITS) {
            succeed(0);
        }
        return copy;
    }

    private void succeed(int copy) {
        started.get(copy).complete(new CopyResult.Copied(ANY, ContentProof.etag("tag"), OptionalLong.empty()));
    }
}
