package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BoundedParallelTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void resultsKeepTheOrderOfTheirPieces() {
        assertThat(BoundedParallel.run(threads, 3, 1_000, piece -> piece))
                .isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void piecesRunAtTheSameTimeUpToTheLimit() {
        CountDownLatch together = new CountDownLatch(3);
        AtomicInteger running = new AtomicInteger();
        List<Integer> seen = BoundedParallel.run(threads, 3, 30, piece -> {
            int now = running.incrementAndGet();
            together.countDown();
            await(together);
            running.decrementAndGet();
            return now;
        });
        assertThat(seen).allMatch(now -> now <= 3);
    }

    @Test
    void failureStartsNoFurtherPieceAndIsThrownAfterTheOthersHaveEnded() {
        AtomicInteger ended = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        assertThatThrownBy(() -> BoundedParallel.run(threads, 2, 100, piece -> {
                    both.countDown();
                    await(both);
                    ended.incrementAndGet();
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(ended.get()).isEqualTo(2);
    }

    @Test
    void callersThatOccupyTheWholeExecutorDoTheirWorkThemselves() throws Exception {
        CountDownLatch occupied = new CountDownLatch(4);
        List<Future<List<Integer>>> callers = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
            callers.add(threads.submit(() -> {
                occupied.countDown();
                await(occupied);
                return BoundedParallel.run(threads, 8, 20, piece -> piece);
            }));
        }
        for (Future<List<Integer>> caller : callers) {
            assertThat(caller.get()).hasSize(20);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }
}
