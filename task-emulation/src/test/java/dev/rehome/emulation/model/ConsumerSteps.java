package dev.rehome.emulation.model;

import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.consumer.scaling.LeftoverConsumers;
import dev.rehome.emulation.model.ServicesModel.Rule;
import dev.rehome.emulation.model.ServicesWorld.Consumer;
import dev.rehome.emulation.model.ServicesWorld.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A consumer reads the ledger, then the state of the producer's service, and then scales its own service. */
final class ConsumerSteps {
    private ConsumerSteps() {}

    static List<ServicesWorld> of(ServicesWorld world, Set<Rule> rules, boolean patienceMayEnd) {
        if (!rules.contains(Rule.LEFTOVERS_STOP_THEMSELVES)) {
            return List.of();
        }
        return switch (world.consumer()) {
            case OFF -> List.of();
            case LOOKING ->
                List.of(world.with(
                        LeftoverConsumers.isComplete(latest(world.ledger()))
                                ? Consumer.SAW_COMPLETE_RUN
                                : Consumer.SAW_OPEN_RUN));
            case SAW_COMPLETE_RUN -> List.of(world.with(afterTheLook(world)));
            case SAW_OPEN_RUN ->
                patienceMayEnd
                        ? List.of(world.with(Consumer.LOOKING), world.with(afterTheLook(world)))
                        : List.of(world.with(Consumer.LOOKING));
            case SAW_NO_PRODUCER ->
                List.of(world.with(world.ecs().withConsumers(0)).with(Consumer.LOOKING));
        };
    }

    private static Consumer afterTheLook(ServicesWorld world) {
        return LeftoverConsumers.hasNoProducer(world.ecs().producerState())
                ? Consumer.SAW_NO_PRODUCER
                : Consumer.LOOKING;
    }

    private static Optional<RunLedger.Run> latest(Ledger ledger) {
        return ledger.run() == Ledger.Run.NONE
                ? Optional.empty()
                : Optional.of(new RunLedger.Run(
                        TestBatches.RUN,
                        Instant.EPOCH,
                        ledger.run() == Ledger.Run.COMPLETE ? Optional.of(Instant.EPOCH) : Optional.empty(),
                        Optional.empty()));
    }
}
