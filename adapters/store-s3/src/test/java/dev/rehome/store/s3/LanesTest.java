package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final List<CompletableFuture<Integer>> started = new ArrayList<>();

    @Test
    void onlySoManyAreUnderWayAndResultsKeepTheirOrder() {
        CompletableFuture<List<Integer>> all = Lanes.run(3, 2, this::start);
        assertThat(started).hasSize(2);
        started.get(1).complete(11);
        assertThat(started).hasSize(3);
        started.get(2).complete(12);
        started.get(0).complete(10);
        assertThat(all).isCompletedWithValue(List.of(10, 11, 12));
    }

    @Test
    void failureStartsNothingMoreAndWaitsForWhatIsUnderWay() {
        CompletableFuture<List<Integer>> all = Lanes.run(5, 2, this::start);
        started.get(0).completeExceptionally(new IllegalStateException("broken"));
        assertThat(all).isNotDone();
        started.get(1).complete(11);
        assertThat(all).isCompletedExceptionally();
        assertThat(started).hasSize(2);
    }

    @Test
    void thousandsThatEndAtOnceNeedNoDeepStack() {
        CompletableFuture<List<Integer>> all = Lanes.run(10_000, 8, CompletableFuture::completedFuture);
        assertThat(all).isCompletedWithValue(IntStream.range(0, 10_000).boxed().toList());
    }

    private CompletableFuture<Integer> start(int number) {
        CompletableFuture<Integer> piece = new CompletableFuture<>();
        started.add(piece);
        return piece;
    }
}
