package dev.rehome.emulation.model;

import dev.rehome.emulation.model.ServicesModel.Apply;
import dev.rehome.emulation.model.ServicesWorld.Ecs;
import dev.rehome.emulation.model.ServicesWorld.Terraform;
import dev.rehome.emulation.model.ServicesWorld.Terraform.At;
import java.util.List;

/** Terraform, as the provider works: it reads the services once for its plan, and later sends only what differed then. */
final class TerraformSteps {
    private TerraformSteps() {}

    static List<ServicesWorld> of(ServicesWorld world, List<Apply> applies) {
        Terraform terraform = world.terraform();
        if (terraform.isDone(applies)) {
            return List.of();
        }
        Apply apply = applies.get(terraform.applies());
        return switch (terraform.at()) {
            case IDLE -> List.of(plan(world, apply == Apply.DISABLED ? 0 : 1));
            case PLANNED -> List.of(changeProducer(world));
            case PRODUCER_CHANGED -> {
                if (apply == Apply.INTERRUPTED) {
                    yield List.of(finished(world));
                }
                Ecs ecs = world.ecs();
                // The producer's service waits for a steady state, which two counts of zero are too.
                boolean steady = ecs.producerRuns() == (ecs.producer() == 1);
                yield steady ? List.of(changeConsumers(world)) : List.of();
            }
        };
    }

    private static ServicesWorld plan(ServicesWorld world, int wanted) {
        Ecs ecs = world.ecs();
        return world.with(new Terraform(
                world.terraform().applies(),
                At.PLANNED,
                ecs.producer() == wanted ? ServicesWorld.NO_CHANGE : wanted,
                ecs.consumers() == wanted ? ServicesWorld.NO_CHANGE : wanted));
    }

    private static ServicesWorld changeProducer(ServicesWorld world) {
        Terraform terraform = world.terraform();
        Ecs ecs = world.ecs();
        int planned = terraform.plannedProducer();
        return world.with(planned == ServicesWorld.NO_CHANGE ? ecs : ecs.withProducer(planned))
                .with(new Terraform(
                        terraform.applies(),
                        At.PRODUCER_CHANGED,
                        ServicesWorld.NO_CHANGE,
                        terraform.plannedConsumers()));
    }

    private static ServicesWorld changeConsumers(ServicesWorld world) {
        int planned = world.terraform().plannedConsumers();
        Ecs ecs = world.ecs();
        return finished(world.with(planned == ServicesWorld.NO_CHANGE ? ecs : ecs.withConsumers(planned)));
    }

    private static ServicesWorld finished(ServicesWorld world) {
        return world.with(new Terraform(
                world.terraform().applies() + 1, At.IDLE, ServicesWorld.NO_CHANGE, ServicesWorld.NO_CHANGE));
    }
}
