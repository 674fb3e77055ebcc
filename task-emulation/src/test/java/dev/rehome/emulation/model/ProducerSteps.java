package dev.rehome.emulation.model;

import dev.rehome.emulation.model.ServicesModel.Rule;
import dev.rehome.emulation.model.ServicesWorld.Ecs;
import dev.rehome.emulation.model.ServicesWorld.Ledger;
import dev.rehome.emulation.model.ServicesWorld.Producer;
import dev.rehome.emulation.model.ServicesWorld.Producer.Step;
import dev.rehome.producer.scaling.ConsumerWatch;
import dev.rehome.producer.scaling.ScaleToZero;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A producer from its start to its exit, one call a step. */
final class ProducerSteps {
    private ProducerSteps() {}

    static List<ServicesWorld> of(ServicesWorld world, Set<Rule> rules, boolean patienceMayEnd) {
        Producer producer = world.producer();
        Ecs ecs = world.ecs();
        return switch (producer.at()) {
            case OFF -> List.of();
            case STARTED -> List.of(start(world));
            case WORKING -> work(world, rules.contains(Rule.RUN_GETS_A_CONSUMER), patienceMayEnd);
            case READ_PRODUCER ->
                List.of(world.with(seeing(
                        producer,
                        Step.READ_CONSUMERS,
                        new Ecs(ecs.producer(), ecs.producerRuns(), ServicesWorld.MISSING, false))));
            case READ_CONSUMERS ->
                List.of(world.with(seeing(
                        producer,
                        Step.DECIDE,
                        new Ecs(
                                producer.seen().producer(),
                                producer.seen().producerRuns(),
                                ecs.consumers(),
                                ecs.consumersRun()))));
            case DECIDE -> decide(world, rules.contains(Rule.END_WAITS_FOR_SERVICES), patienceMayEnd);
            case SCALE_CONSUMERS ->
                List.of(
                        ecs.consumers() == ServicesWorld.MISSING
                                ? world.with(new Producer(
                                        Step.SCALE_PRODUCER, producer.seen(), producer.repeated(), false, true))
                                : world.with(ecs.withConsumers(0)).with(producer.at(Step.SCALE_PRODUCER)));
            case SCALE_PRODUCER ->
                List.of(world.with(ecs.withProducer(0))
                        .with(producer.at(producer.serviceMissing() ? Step.WAIT_FOR_SIGTERM : Step.NOTE)));
            case NOTE -> {
                Ledger ledger = world.ledger();
                yield List.of(world.with(new Ledger(ledger.run(), false, ledger.rows(), ledger.rowsAdded()))
                        .with(producer.at(Step.WAIT_FOR_SIGTERM)));
            }
            case WAIT_FOR_SIGTERM ->
                rules.contains(Rule.PRODUCER_EXITS_AT_THE_END) ? List.of(world.withoutProducer()) : List.of();
        };
    }

    private static Producer seeing(Producer producer, Step next, Ecs seen) {
        return new Producer(next, seen, producer.repeated(), false, false);
    }

    private static ServicesWorld start(ServicesWorld world) {
        Ledger ledger = world.ledger();
        if (ledger.run() == Ledger.Run.COMPLETE && ledger.due()) {
            return world.with(new Producer(Step.READ_PRODUCER, world.producer().seen(), true, false, false));
        }
        return world.with(new Ledger(Ledger.Run.OPEN, false, ledger.rows(), ledger.rowsAdded()))
                .with(world.producer().at(Step.WORKING));
    }

    private static List<ServicesWorld> work(ServicesWorld world, boolean watched, boolean patienceMayEnd) {
        List<ServicesWorld> next = new ArrayList<>();
        Ledger ledger = world.ledger();
        Producer producer = world.producer();
        if (producer.sawNoConsumers()) {
            // The watch is between its two calls; the producer waits for it before it scales.
            next.add(world.with(watch(producer, false)));
            if (patienceMayEnd) {
                next.add(world.with(world.ecs().withConsumers(1)).with(watch(producer, false)));
            }
        } else if (watched && ConsumerWatch.hasNoConsumers(world.ecs().consumerState())) {
            next.add(world.with(watch(producer, true)));
        }
        if (ledger.rows() && world.ecs().consumersRun()) {
            next.add(world.with(new Ledger(ledger.run(), false, false, ledger.rowsAdded())));
        }
        if (!ledger.rows() && !producer.sawNoConsumers()) {
            next.add(world.with(new Ledger(Ledger.Run.COMPLETE, true, false, ledger.rowsAdded()))
                    .with(producer.at(Step.READ_PRODUCER)));
        }
        return next;
    }

    private static Producer watch(Producer producer, boolean sawNoConsumers) {
        return new Producer(
                producer.at(), producer.seen(), producer.repeated(), sawNoConsumers, producer.serviceMissing());
    }

    private static List<ServicesWorld> decide(ServicesWorld world, boolean waits, boolean patienceMayEnd) {
        Producer producer = world.producer();
        boolean wait = waits
                && ScaleToZero.wait(
                                producer.seen().producerState(), producer.seen().consumerState(), producer.repeated())
                        .isPresent();
        List<ServicesWorld> next = new ArrayList<>();
        if (wait) {
            next.add(world.with(producer.at(Step.READ_PRODUCER)));
        }
        if (!wait || patienceMayEnd) {
            next.add(world.with(producer.at(Step.SCALE_CONSUMERS)));
        }
        return next;
    }
}
