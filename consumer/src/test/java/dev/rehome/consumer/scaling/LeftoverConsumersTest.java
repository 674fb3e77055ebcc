package dev.rehome.consumer.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.scaling.MemoryServices;
import dev.rehome.common.scaling.ScalingSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeftoverConsumersTest {
    private static final ScalingSettings SETTINGS = new ScalingSettings("cluster", "consumers", "producer");

    private final TestClock clock = new TestClock();
    private Optional<RunLedger.Run> latest = Optional.empty();
    private final MemoryServices services = new MemoryServices().with("consumers", 3);
    private final LeftoverConsumers leftovers = new LeftoverConsumers(() -> latest, services, SETTINGS, clock);

    @Test
    void completeRunWithoutAProducerScalesTheConsumersToZero() {
        complete();
        services.with("producer", 0);

        leftovers.run();

        assertThat(services.scaled()).containsExactly("consumers=0");
    }

    @Test
    void completeRunWithAProducerIsLeftToTheProducer() {
        complete();
        services.with("producer", 1);

        leftovers.run();

        assertThat(services.scaled()).isEmpty();
    }

    @Test
    void openRunKeepsItsConsumersTenMinutesWithoutAProducer() {
        latest = run(Optional.empty());
        services.with("producer", 0);

        leftovers.run();
        clock.advance(LeftoverConsumers.WITHOUT_PRODUCER.minusSeconds(1));
        leftovers.run();
        assertThat(services.scaled()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        leftovers.run();
        assertThat(services.scaled()).containsExactly("consumers=0");
    }

    @Test
    void producerThatComesBackEndsTheWait() {
        services.with("producer", 0);
        leftovers.run();
        services.with("producer", 1);
        clock.advance(LeftoverConsumers.WITHOUT_PRODUCER);
        leftovers.run();
        services.with("producer", 0);

        leftovers.run();

        assertThat(services.scaled()).isEmpty();
    }

    @Test
    void producerServiceThatDoesNotExistIsAWrongNameAndScalesNothing() {
        complete();

        leftovers.run();

        assertThat(services.scaled()).isEmpty();
    }

    @Test
    void failedCallIsRepeatedAtTheNextCheck() {
        complete();
        services.with("producer", 0).failing(new Unavailable("throttled"), 1);

        leftovers.run();
        leftovers.run();

        assertThat(services.scaled()).containsExactly("consumers=0", "consumers=0");
    }

    private void complete() {
        latest = run(Optional.of(Instant.EPOCH));
    }

    private static Optional<RunLedger.Run> run(Optional<Instant> completed) {
        return Optional.of(new RunLedger.Run(RunId.start(1), Instant.EPOCH, completed, Optional.empty()));
    }
}
