package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AccessCircuitBreakerTest {
    private final TestClock time = new TestClock();
    private final AccessCircuitBreaker circuit = new AccessCircuitBreaker(time);

    @Test
    void refusalsWithSuccessesBetweenNeverOpenIt() {
        for (int i = 0; i < 10 * AccessCircuitBreaker.THRESHOLD; i++) {
            circuit.refused("no");
            circuit.succeeded();
        }

        assertThat(circuit.isOpen()).isFalse();
        assertThat(circuit.holdsClaims()).isFalse();
    }

    @Test
    void refusalsInARowOpenIt() {
        refuse(AccessCircuitBreaker.THRESHOLD - 1);
        assertThat(circuit.isOpen()).isFalse();

        refuse(1);

        assertThat(circuit.isOpen()).isTrue();
        assertThat(circuit.holdsClaims()).isTrue();
    }

    @Test
    void afterThePauseOneClaimMayTryAndOneRefusalKeepsItOpen() {
        refuse(AccessCircuitBreaker.THRESHOLD);
        time.advance(AccessCircuitBreaker.PAUSE);

        assertThat(circuit.holdsClaims()).isFalse();
        assertThat(circuit.isOpen()).as("the try must be able to copy").isFalse();
        refuse(1);

        assertThat(circuit.isOpen()).isTrue();
        assertThat(circuit.holdsClaims()).isTrue();
    }

    @Test
    void aTrialThatShowsNothingOfOurRightsGoesOnAndOneRefusalStillReopensIt() {
        refuse(AccessCircuitBreaker.THRESHOLD);
        time.advance(AccessCircuitBreaker.PAUSE);
        for (int claim = 0; claim < 10; claim++) {
            assertThat(circuit.holdsClaims()).isFalse();
        }

        refuse(1);

        assertThat(circuit.holdsClaims()).isTrue();
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeThePauseLonger() {
        refuse(AccessCircuitBreaker.THRESHOLD);
        time.advance(Duration.ofHours(-1));

        assertThat(circuit.holdsClaims()).isFalse();
    }

    @Test
    void successClosesIt() {
        refuse(AccessCircuitBreaker.THRESHOLD);
        time.advance(AccessCircuitBreaker.PAUSE.plus(Duration.ofSeconds(1)));
        circuit.holdsClaims();

        circuit.succeeded();

        assertThat(circuit.isOpen()).isFalse();
        assertThat(circuit.holdsClaims()).isFalse();
    }

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            circuit.refused("no");
        }
    }
}
