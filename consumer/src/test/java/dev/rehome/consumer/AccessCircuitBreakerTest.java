package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.TestClock;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessCircuitBreakerTest {
    private static final Refusal DENIAL =
            new Refusal(FailureCode.ACCESS_DENIED, "AccessDenied", Refusal.Scope.UNCERTAIN);
    private static final Location OBJECT = new Location("memory", "source", "1");

    private final TestClock clock = new TestClock();
    private Optional<Refusal> checkResult = Optional.empty();
    private final CopiedObjectCheck check = new CopiedObjectCheck((source, target) -> checkResult, Optional::empty);
    private final AccessCircuitBreaker circuit = new AccessCircuitBreaker(clock, check);

    @Test
    void denialIsAboutTheObjectWhileACopiedObjectIsPermitted() {
        check.copied(OBJECT, OBJECT);
        assertThat(circuit.isAboutTheObject(DENIAL)).isTrue();
        assertThat(circuit.tryAllow()).isTrue();
        assertThat(circuit.reason()).isEmpty();
    }

    @Test
    void denialOpensTheCircuitWhileACopiedObjectIsDeniedToo() {
        check.copied(OBJECT, OBJECT);
        checkResult = Optional.of(DENIAL);
        assertThat(circuit.isAboutTheObject(DENIAL)).isFalse();
        assertThat(circuit.tryAllow()).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(circuit.tryAllow()).as("the copied object is still denied").isFalse();
        assertThat(circuit.reason())
                .hasValueSatisfying(reason ->
                        assertThat(reason).isEqualTo("the store has denied every copy for 60 s. Last: AccessDenied"));
    }

    @Test
    void circuitClosesWhenTheCopiedObjectIsPermittedAgain() {
        check.copied(OBJECT, OBJECT);
        checkResult = Optional.of(DENIAL);
        circuit.isAboutTheObject(DENIAL);
        checkResult = Optional.empty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(circuit.tryAllow()).isTrue();
        assertThat(circuit.reason()).isEmpty();
    }

    @Test
    void oneBatchIsTriedAfterEachPauseWhileNothingWasCopied() {
        assertThat(circuit.isAboutTheObject(DENIAL)).isFalse();
        assertThat(circuit.tryAllow()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(circuit.tryAllow()).isTrue();
        assertThat(circuit.tryAllow()).as("before the next pause ends").isFalse();
        clock.advance(Duration.ofSeconds(30));
        assertThat(circuit.tryAllow()).isTrue();
    }

    @Test
    void consumerStopsIfEveryCopyIsDeniedForTooLong() {
        circuit.isAboutTheObject(DENIAL);
        clock.advance(AccessCircuitBreaker.OPEN_AT_MOST.minusSeconds(1));
        assertThat(circuit.tryAllow()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(circuit::tryAllow).isInstanceOf(Rejected.class).hasMessageContaining("AccessDenied");
    }

    @Test
    void copyClosesTheCircuit() {
        circuit.isAboutTheObject(DENIAL);
        circuit.close();
        assertThat(circuit.tryAllow()).isTrue();
    }

    @Test
    void copiedObjectThatIsGoneIsNotCheckedAgain() {
        check.copied(OBJECT, OBJECT);
        checkResult = Optional.of(Refusal.ofObject(FailureCode.NOT_FOUND, "gone"));
        assertThat(check.check()).isEqualTo(CopiedObjectCheck.Result.UNKNOWN);
        checkResult = Optional.empty();
        assertThat(check.check()).isEqualTo(CopiedObjectCheck.Result.UNKNOWN);
    }
}
