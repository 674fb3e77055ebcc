package dev.rehome.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoreCallsTest {
    private static final int MANY = 100_000;
    private static final int MOST = 16;

    private final AdaptiveConcurrencyLimit limit = new AdaptiveConcurrencyLimit(new TestClock(), MOST);
    private final StoreCalls calls = new StoreCalls(limit, null, new SplittableRandom(1));
    private final AtomicBoolean abandoned = new AtomicBoolean();
    private final List<CompletableFuture<String>> underWay = new ArrayList<>();

    @Test
    void everyWaitingCallThatIsAbandonedIsAnswered() {
        fill();
        List<CompletableFuture<String>> waiting = insistOnMany(() -> CompletableFuture.completedFuture("done"));
        abandoned.set(true);

        end();

        assertThat(waiting).allMatch(StoreCallsTest::isAbandoned);
        assertThat(limit.inFlight()).isZero();
    }

    @Test
    void everyWaitingCallThatIsDoneAtOnceIsAnswered() {
        fill();
        List<CompletableFuture<String>> waiting = insistOnMany(() -> CompletableFuture.completedFuture("done"));

        end();

        assertThat(waiting).allMatch(answer -> "done".equals(answer.getNow("")));
        assertThat(limit.inFlight()).isZero();
    }

    @Test
    void everyWaitingCallThatFailsAtOnceIsAnswered() {
        fill();
        IllegalStateException no = new IllegalStateException("no");
        List<CompletableFuture<String>> waiting = insistOnMany(() -> CompletableFuture.failedFuture(no));

        end();

        assertThat(waiting).allMatch(answer -> trouble(answer) instanceof IllegalStateException);
        assertThat(limit.inFlight()).isZero();
    }

    @Test
    void everyWaitingCallThatThrowsIsAnsweredAndLeavesItsRoom() {
        fill();
        AssertionError broken = new AssertionError("broken");
        List<CompletableFuture<String>> waiting = insistOnMany(() -> {
            throw broken;
        });

        end();

        assertThat(waiting).allMatch(answer -> trouble(answer) instanceof AssertionError);
        assertThat(limit.inFlight()).isZero();
    }

    @Test
    void aCallWithoutAnAnswerToComeFails() {
        assertThat(insist(() -> null)).isCompletedExceptionally();
        assertThat(limit.inFlight()).isZero();
    }

    @Test
    void aStoreThatIsAwayWhenNoFurtherTryIsTakenAbandonsTheCall() {
        ScheduledExecutorService ended = Executors.newSingleThreadScheduledExecutor();
        ended.shutdownNow();

        CompletableFuture<String> answer = new StoreCalls(limit, ended, new SplittableRandom(1))
                .insist(
                        "it",
                        () -> CompletableFuture.failedFuture(new StoreUnavailable("away", true, null)),
                        abandoned::get);

        assertThat(isAbandoned(answer)).isTrue();
        assertThat(limit.inFlight()).isZero();
    }

    /** Takes all room, so that what comes next waits. */
    private void fill() {
        while (limit.inFlight() < limit.current()) {
            CompletableFuture<String> call = new CompletableFuture<>();
            insist(() -> call);
            underWay.add(call);
        }
    }

    private void end() {
        underWay.forEach(call -> call.complete("done"));
    }

    private List<CompletableFuture<String>> insistOnMany(Supplier<CompletionStage<String>> call) {
        return IntStream.range(0, MANY).mapToObj(i -> insist(call)).toList();
    }

    private CompletableFuture<String> insist(Supplier<CompletionStage<String>> call) {
        return calls.insist("it", call, abandoned::get);
    }

    private static boolean isAbandoned(CompletableFuture<String> answer) {
        return trouble(answer) instanceof StoreCalls.Abandoned;
    }

    /** What the answer failed with; null when it didn't, or isn't there yet. */
    private static Throwable trouble(CompletableFuture<String> answer) {
        return answer.handle((result, trouble) -> trouble).getNow(null);
    }
}
