package dev.rehome.producer.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.ShutdownSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScaleToZeroTest {
    private static final ScalingSettings SETTINGS =
            new ScalingSettings("cluster", "consumers", "producer", Optional.empty());

    private final ShutdownSignal signal = new ShutdownSignal();

    @Test
    void consumersGoFirstThenTheProducerItself() {
        Scaler scaler = new Scaler(0);

        run(scaler);

        assertThat(scaler.asked).containsExactly("consumers", "producer");
    }

    @Test
    void failureIsTriedAgainBeforeTheNextServiceIsTouched() {
        Scaler scaler = new Scaler(3);

        run(scaler);

        assertThat(scaler.asked).containsExactly("consumers", "consumers", "consumers", "consumers", "producer");
    }

    @Test
    void stopEndsTheTriesAndLeavesTheProducerAlone() {
        signal.request();
        Scaler scaler = new Scaler(Integer.MAX_VALUE);

        new ScaleToZero(scaler, SETTINGS, signal, Duration.ofMillis(1), () -> scaler.asked.add("noted")).run();

        assertThat(scaler.asked).containsExactly("consumers");
    }

    private void run(Scaler scaler) {
        new ScaleToZero(scaler, SETTINGS, signal, Duration.ofMillis(1), () -> {}).run();
    }

    /** Fails a given number of times; its last success brings the SIGTERM, as ECS would. */
    private final class Scaler implements ServiceScaler {
        private final List<String> asked = new ArrayList<>();
        private int failures;

        private Scaler(int failures) {
            this.failures = failures;
        }

        @Override
        public void toZero(String service) {
            asked.add(service);
            if (failures-- > 0) {
                throw new ScalingFailed("denied", new IllegalStateException());
            }
            if (service.equals("producer")) {
                signal.request();
            }
        }

        @Override
        public void close() {
            asked.add("closed");
        }
    }
}
