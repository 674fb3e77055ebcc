package dev.rehome.producer.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Unavailable;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.scaling.MemoryServices;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.scaling.ServiceState;
import dev.rehome.producer.scaling.ScaleToZero.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ScaleToZeroTest {
    private static final ScalingSettings SETTINGS = new ScalingSettings("cluster", "consumers", "producer");
    private static final Optional<ServiceState> ONE = Optional.of(new ServiceState(1, 1, 1));
    private static final Optional<ServiceState> ZERO = Optional.of(new ServiceState(0, 0, 1));

    private final ShutdownSignal signal = new ShutdownSignal();
    private final List<String> noted = new ArrayList<>();
    private final MemoryServices services =
            new MemoryServices().with("producer", 1).with("consumers", 3);
    /** Each look at the clock takes a minute. */
    private long minutes;

    @Test
    void consumersAreScaledBeforeTheProducer() {
        assertThat(run(false)).isEqualTo(End.SCALED);

        assertThat(services.scaled()).containsExactly("consumers=0", "producer=0");
        assertThat(noted).containsExactly("consumers SCALED");
    }

    @Test
    void failedCallIsRepeatedBeforeTheNextServiceIsScaled() {
        services.failing(new Unavailable("denied"), 3);

        assertThat(run(false)).isEqualTo(End.SCALED);

        assertThat(services.scaled())
                .containsExactly("consumers=0", "consumers=0", "consumers=0", "consumers=0", "producer=0");
    }

    @Test
    void stopEndsTheRetriesAndLeavesTheProducerRunning() {
        services.failing(new Unavailable("denied"), Integer.MAX_VALUE >> 16);
        signal.request();

        assertThat(run(false)).isEqualTo(End.STOPPED);

        assertThat(services.scaled()).containsExactly("consumers=0");
        assertThat(noted).isEmpty();
    }

    @Test
    void stopWhileWaitingScalesNothing() {
        services.with("consumers", 0);
        signal.request();

        assertThat(run(false)).isEqualTo(End.STOPPED);

        assertThat(services.scaled()).isEmpty();
    }

    @Test
    void consumersThatNeverComeAreWaitedForTenMinutes() {
        services.with("consumers", 0);

        assertThat(run(false)).isEqualTo(End.SCALED);

        assertThat(minutes).isBetween(10L, 12L);
        assertThat(services.scaled()).containsExactly("consumers=0", "producer=0");
    }

    @Test
    void consumersThatAreNeverSteadyAreWaitedForTwoMinutes() {
        services.with("consumers", new ServiceState(3, 0, 1));

        assertThat(run(false)).isEqualTo(End.SCALED);

        assertThat(minutes).isBetween(2L, 5L);
        assertThat(services.scaled()).containsExactly("consumers=0", "producer=0");
    }

    @Test
    void repeatedScalingExpectsConsumersAtZero() {
        services.with("consumers", 0);

        assertThat(run(true)).isEqualTo(End.SCALED);

        assertThat(minutes).isLessThan(3);
    }

    @Test
    void missingConsumerServiceIsAnErrorAndTheProducerIsScaledAllTheSame() {
        MemoryServices alone = new MemoryServices().with("producer", 1);

        assertThat(run(alone, false)).isEqualTo(End.NOT_FOUND);

        assertThat(alone.scaled()).containsExactly("consumers=0", "producer=0");
        assertThat(noted).containsExactly("consumers NOT_FOUND");
    }

    @Test
    void missingProducerServiceIsAnErrorAndTheConsumersAreScaledAllTheSame() {
        MemoryServices alone = new MemoryServices().with("consumers", 3);

        assertThat(run(alone, false)).isEqualTo(End.NOT_FOUND);

        assertThat(alone.scaled()).containsExactly("consumers=0", "producer=0");
        assertThat(noted).isEmpty();
    }

    @Test
    void onlySteadyServicesAreScaledAtOnce() {
        assertThat(ScaleToZero.wait(ONE, ONE, false)).isEmpty();
        assertThat(ScaleToZero.wait(ONE, ZERO, true)).isEmpty();
        assertThat(reason(Optional.empty(), ONE)).contains("producer service doesn't exist");
        assertThat(reason(ONE, Optional.empty())).contains("consumer service doesn't exist");
        assertThat(reason(ZERO, ONE)).contains("producer service has desired count 0");
        assertThat(reason(ONE, ZERO)).contains("consumer service has desired count 0");
        assertThat(reason(ONE, state(3, 2, 1))).contains("runs 2 of 3 tasks");
        assertThat(reason(ONE, state(3, 3, 2))).contains("in 2 deployment(s)");
        assertThat(reason(state(1, 1, 2), ONE)).contains("producer");
    }

    private static String reason(Optional<ServiceState> producer, Optional<ServiceState> consumers) {
        return ScaleToZero.wait(producer, consumers, false)
                .map(ScaleToZero.Wait::reason)
                .orElse("");
    }

    private static Optional<ServiceState> state(int desired, int running, int deployments) {
        return Optional.of(new ServiceState(desired, running, deployments));
    }

    private End run(boolean repeated) {
        return run(services, repeated);
    }

    private End run(MemoryServices on, boolean repeated) {
        Consumer<End> onScaled = consumers -> {
            noted.add("consumers " + consumers);
            // ECS stops the task.
            signal.request();
        };
        return new ScaleToZero(
                        on, SETTINGS, signal, () -> Duration.ofMinutes(minutes++), Duration.ofMillis(1), onScaled)
                .run(repeated);
    }
}
