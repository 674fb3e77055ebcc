package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CopiesInFlightTest {
    private static final int OBJECTS = 20;
    /** The limit at the start: half of the highest. */
    private static final int PERMITS = 8;

    private final AdaptiveConcurrencyLimit limit = new AdaptiveConcurrencyLimit(new TestClock(), 2 * PERMITS);
    private final List<CompletableFuture<CopyResult>> started = new ArrayList<>();
    private boolean mayStart = true;
    private final CopiesInFlight copying = new CopiesInFlight(
            object -> {
                started.add(new CompletableFuture<>());
                return started.get(started.size() - 1);
            },
            limit,
            () -> mayStart,
            BatchObject.of(
                    new Batch(
                            new BatchId(new UUID(0, 1)),
                            TestBatches.RUN,
                            IntStream.range(0, OBJECTS)
                                    .mapToObj(i -> new SourceRecord(RowKey.of(Integer.toString(i)), "old/" + i))
                                    .toList()),
                    Set.of()));

    @Test
    void copyThatEndsStartsTheNextOne() {
        copying.startUntried(Duration.ZERO);
        assertThat(started).hasSize(PERMITS);

        succeed(0);

        assertThat(started).hasSize(PERMITS + 1);
        assertThat(limit.inFlight()).isEqualTo(PERMITS);
        assertThat(copying.take(Duration.ZERO)).hasSize(1);
    }

    @Test
    void everyObjectIsStartedOnceAndEveryPermitIsReturned() {
        copying.startUntried(Duration.ZERO);
        for (int i = 0; i < started.size(); i++) {
            succeed(i);
        }

        assertThat(started).hasSize(OBJECTS);
        assertThat(limit.inFlight()).isZero();
        assertThat(copying.take(Duration.ZERO))
                .extracting(each -> each.object())
                .doesNotHaveDuplicates()
                .hasSize(OBJECTS);
        assertThat(copying.isEmpty()).isTrue();
    }

    @Test
    void nothingIsStartedWhileTheLeaseIsUncertain() {
        copying.startUntried(Duration.ZERO);
        mayStart = false;

        succeed(0);

        assertThat(started).hasSize(PERMITS);
        assertThat(limit.inFlight()).isEqualTo(PERMITS - 1);
        assertThat(copying.isEmpty()).isFalse();
    }

    @Test
    void nothingIsStartedAfterTheBatchHasEnded() {
        copying.startUntried(Duration.ZERO);
        copying.stop();

        succeed(0);

        assertThat(started).hasSize(PERMITS);
        assertThat(limit.inFlight()).isEqualTo(PERMITS - 1);
    }

    @Test
    void throttledCopyLetsFewerCopiesFollow() {
        copying.startUntried(Duration.ZERO);

        started.get(0).completeExceptionally(new StoreUnavailable("slow down", true, null));
        started.get(1).completeExceptionally(new StoreUnavailable("slow down", true, null));

        assertThat(started).hasSize(PERMITS);
        assertThat(limit.inFlight()).isEqualTo(PERMITS - 2);
        assertThat(copying.take(Duration.ZERO)).allMatch(each -> each.cause() instanceof StoreUnavailable);
    }

    @Test
    void copiesThatEndAtOnceDoNotRecurse() {
        Batch batch = new Batch(
                new BatchId(new UUID(0, 2)),
                TestBatches.RUN,
                IntStream.range(0, Batch.MAX_RECORDS)
                        .mapToObj(i -> new SourceRecord(RowKey.of(Integer.toString(i)), "old/" + i))
                        .toList());
        CopiesInFlight atOnce = new CopiesInFlight(
                object -> CompletableFuture.completedFuture(copied()),
                limit,
                () -> true,
                BatchObject.of(batch, Set.of()));

        atOnce.startUntried(Duration.ZERO);

        assertThat(atOnce.take(Duration.ZERO)).hasSize(Batch.MAX_RECORDS);
        assertThat(limit.inFlight()).isZero();
    }

    private void succeed(int copy) {
        started.get(copy).complete(copied());
    }

    private static CopyResult copied() {
        return new CopyResult.Copied(
                new Location("memory", "new", "any"), ContentProof.etag("tag"), OptionalLong.empty());
    }
}
