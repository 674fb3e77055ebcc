package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ShutdownSignalTest {
    private final ShutdownSignal signal = new ShutdownSignal();

    @Test
    void waitEndsWithoutARequestWhenItsTimeIsOver() {
        assertThat(signal.await(Duration.ofMillis(1))).isFalse();
        assertThat(signal.isRequested()).isFalse();
    }

    @Test
    void requestEndsTheWait() {
        Thread requester = new Thread(signal::request);
        requester.start();
        assertThat(signal.await(Duration.ofDays(1))).isTrue();
        assertThat(signal.isRequested()).isTrue();
        assertThat(signal.await(Duration.ofDays(1))).as("later waits").isTrue();
    }

    @Test
    void interruptCountsAsARequestAndIsKept() {
        Thread.currentThread().interrupt();
        assertThat(signal.await(Duration.ofDays(1))).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(signal.isRequested()).isTrue();
    }
}
