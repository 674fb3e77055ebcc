package dev.rehome.emulation.model;

import dev.rehome.common.scaling.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One state of everything that takes part in the end of a run on ECS.
 *
 * @param terraform where the applies are
 * @param ecs the services
 * @param ledger the database
 * @param producer the producer's process
 * @param consumer a consumer's process, which stands for all of them
 */
public record ServicesWorld(Terraform terraform, Ecs ecs, Ledger ledger, Producer producer, Consumer consumer) {
    /** A service that was never created. */
    static final int MISSING = -1;

    /** No change of a service is planned. */
    static final int NO_CHANGE = -2;

    /** An apply: first it plans, then it changes the producer and waits, then it changes the consumers. */
    record Terraform(int applies, At at, int plannedProducer, int plannedConsumers) {
        enum At {
            IDLE,
            PLANNED,
            PRODUCER_CHANGED
        }

        boolean isIdle() {
            return at == At.IDLE;
        }

        boolean isDone(List<ServicesModel.Apply> all) {
            return applies == all.size();
        }
    }

    /** Desired counts, 0 or 1 or {@link #MISSING}, and whether tasks run. */
    record Ecs(int producer, boolean producerRuns, int consumers, boolean consumersRun) {
        Optional<ServiceState> producerState() {
            return state(producer, producerRuns);
        }

        Optional<ServiceState> consumerState() {
            return state(consumers, consumersRun);
        }

        private static Optional<ServiceState> state(int desired, boolean runs) {
            return desired == MISSING ? Optional.empty() : Optional.of(new ServiceState(desired, runs ? 1 : 0, 1));
        }

        Ecs withProducer(int desired) {
            return new Ecs(desired, producerRuns, consumers, consumersRun);
        }

        Ecs withConsumers(int desired) {
            return new Ecs(producer, producerRuns, desired, consumersRun);
        }

        Ecs running(boolean producers, boolean consumer) {
            return new Ecs(producer, producers, consumers, consumer);
        }
    }

    /** The latest run, whether its scaling is due, whether legacy rows are left, and whether some were added late. */
    record Ledger(Run run, boolean due, boolean rows, boolean rowsAdded) {
        enum Run {
            NONE,
            OPEN,
            COMPLETE
        }
    }

    /** The producer's process, with what it saw of the services. */
    record Producer(Step at, Ecs seen, boolean repeated, boolean sawNoConsumers, boolean serviceMissing) {
        enum Step {
            OFF,
            STARTED,
            WORKING,
            READ_PRODUCER,
            READ_CONSUMERS,
            DECIDE,
            SCALE_CONSUMERS,
            SCALE_PRODUCER,
            NOTE,
            WAIT_FOR_SIGTERM
        }

        static final Producer OFF =
                new Producer(Step.OFF, new Ecs(MISSING, false, MISSING, false), false, false, false);

        Producer at(Step next) {
            return new Producer(next, seen, repeated, sawNoConsumers, serviceMissing);
        }
    }

    /** A consumer's process. */
    enum Consumer {
        OFF,
        LOOKING,
        SAW_COMPLETE_RUN,
        SAW_OPEN_RUN,
        SAW_NO_PRODUCER
    }

    static ServicesWorld empty(boolean rows) {
        return new ServicesWorld(
                new Terraform(0, Terraform.At.IDLE, NO_CHANGE, NO_CHANGE),
                new Ecs(MISSING, false, MISSING, false),
                new Ledger(Ledger.Run.NONE, false, rows, false),
                Producer.OFF,
                Consumer.OFF);
    }

    ServicesWorld with(Terraform next) {
        return new ServicesWorld(next, ecs, ledger, producer, consumer);
    }

    ServicesWorld with(Ecs next) {
        return new ServicesWorld(terraform, next, ledger, producer, consumer);
    }

    ServicesWorld with(Ledger next) {
        return new ServicesWorld(terraform, ecs, next, producer, consumer);
    }

    ServicesWorld with(Producer next) {
        return new ServicesWorld(terraform, ecs, ledger, next, consumer);
    }

    ServicesWorld with(Consumer next) {
        return new ServicesWorld(terraform, ecs, ledger, producer, next);
    }

    /** ECS starts and stops tasks. */
    List<ServicesWorld> reconciliations() {
        List<ServicesWorld> next = new ArrayList<>();
        if (ecs.producer() == 1 && !ecs.producerRuns()) {
            next.add(with(ecs.running(true, ecs.consumersRun())).with(Producer.OFF.at(Producer.Step.STARTED)));
        }
        if (ecs.producer() == 0 && ecs.producerRuns()) {
            next.add(withoutProducer());
        }
        if (ecs.consumers() == 1 && !ecs.consumersRun()) {
            next.add(with(ecs.running(ecs.producerRuns(), true)).with(Consumer.LOOKING));
        }
        if (ecs.consumers() == 0 && ecs.consumersRun()) {
            next.add(with(ecs.running(ecs.producerRuns(), false)).with(Consumer.OFF));
        }
        return next;
    }

    /** The producer's process ends; ECS decides whether another one starts. */
    ServicesWorld withoutProducer() {
        return with(ecs.running(false, ecs.consumersRun())).with(Producer.OFF);
    }

    /** Crashes, and a legacy row that the application adds late. */
    List<ServicesWorld> faults() {
        List<ServicesWorld> next = new ArrayList<>();
        if (ecs.producerRuns()) {
            next.add(withoutProducer());
        }
        if (ecs.consumersRun()) {
            next.add(with(ecs.running(ecs.producerRuns(), false)).with(Consumer.OFF));
        }
        if (!ledger.rowsAdded()) {
            next.add(with(new Ledger(ledger.run(), ledger.due(), true, true)));
        }
        return next;
    }
}
