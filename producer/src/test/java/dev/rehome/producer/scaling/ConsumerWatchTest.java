package dev.rehome.producer.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.LogCapture;
import dev.rehome.common.Unavailable;
import dev.rehome.common.scaling.MemoryServices;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsumerWatchTest {
    private final MemoryServices services = new MemoryServices();
    private Duration now = Duration.ZERO;
    private boolean closed;
    private final ConsumerWatch watch = new ConsumerWatch(services, "consumers", () -> closed, () -> now);

    @Test
    void oneConsumerIsStartedAfterTenMinutesWithoutAny() {
        services.with("consumers", 0);
        stepsUntil(9);
        assertThat(services.scaled()).isEmpty();

        stepsUntil(10);

        assertThat(services.scaled()).containsExactly("consumers=1");
    }

    @Test
    void consumersThatRunAreLeftAlone() {
        services.with("consumers", 4);
        stepsUntil(30);

        assertThat(services.scaled()).isEmpty();
    }

    @Test
    void waitStartsAgainAfterConsumersWereRunning() {
        services.with("consumers", 0);
        stepsUntil(8);
        services.with("consumers", 2);
        stepsUntil(9);
        services.with("consumers", 0);
        stepsUntil(18);

        assertThat(services.scaled()).isEmpty();
    }

    @Test
    void failedCallIsRepeatedAtTheNextCheck() {
        services.with("consumers", 0).failing(new Unavailable("throttled"), 1);
        stepsUntil(11);

        assertThat(services.scaled()).containsExactly("consumers=1", "consumers=1");
    }

    @Test
    void missingRightIsLoggedEverMoreRarely() {
        services.with("consumers", 0).failing(new Unavailable("denied"), 1_000);
        try (LogCapture log = new LogCapture()) {
            stepsUntil(600);

            assertThat(log.lines()).hasSizeBetween(1, 20);
        }
    }

    @Test
    void consumersThatWaitForTheRunWindowsAreNotRaisedUntilLongAfter() {
        services.with("consumers", 0);
        closed = true;
        stepsUntil(60);
        assertThat(services.scaled()).isEmpty();

        closed = false;
        stepsUntil(70);
        assertThat(services.scaled()).isEmpty();
        stepsUntil(71);
        assertThat(services.scaled()).containsExactly("consumers=1");
    }

    @Test
    void missingServiceIsNotRaised() {
        stepsUntil(30);

        assertThat(services.scaled()).isEmpty();
    }

    private void stepsUntil(int minute) {
        for (; now.toMinutes() <= minute; now = now.plusMinutes(1)) {
            watch.run();
        }
    }
}
