package dev.rehome.emulation.model;

import dev.rehome.emulation.model.ServicesWorld.Ecs;
import dev.rehome.emulation.model.ServicesWorld.Ledger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All states that Terraform, ECS, a producer and its consumers can reach together, with a step for each single call.
 * The producer and the consumers decide by the rules of production; the model only orders their calls.
 */
public final class ServicesModel {
    /** One apply of the stack. */
    public enum Apply {
        /** With MIGRATION_ENABLED. */
        ENABLED,
        /** Without it: both services to zero. */
        DISABLED,
        /** With it, but Terraform dies before it reaches the consumers. */
        INTERRUPTED
    }

    /** The rules that can be left out, to see that the model misses them. */
    public enum Rule {
        /** Consumers scale their service to zero after the end. */
        LEFTOVERS_STOP_THEMSELVES,
        /** A run without consumers gets one. */
        RUN_GETS_A_CONSUMER,
        /** The process exits once both services are scaled, instead of waiting for SIGTERM. */
        PRODUCER_EXITS_AT_THE_END,
        /** The end waits for both services. */
        END_WAITS_FOR_SERVICES
    }

    private final List<Apply> applies;
    private final Set<Rule> rules;
    private final boolean timely;
    private final Map<ServicesWorld, List<ServicesWorld>> reached = new HashMap<>();
    private final Set<ServicesWorld> leftovers = new HashSet<>();

    /** {@code timely}: whether the producer waits for longer than an apply takes. */
    public ServicesModel(List<Apply> applies, Set<Rule> rules, boolean timely) {
        this.applies = applies;
        this.rules = Set.copyOf(rules);
        this.timely = timely;
    }

    /** Visits every reachable state, from an empty account with and without rows to migrate. */
    public void explore() {
        Deque<ServicesWorld> open = new ArrayDeque<>();
        open.add(ServicesWorld.empty(true));
        open.add(ServicesWorld.empty(false));
        while (!open.isEmpty()) {
            ServicesWorld world = open.remove();
            if (reached.containsKey(world)) {
                continue;
            }
            List<ServicesWorld> next = steps(world);
            reached.put(world, next);
            open.addAll(next);
            open.addAll(world.faults());
            next.stream().filter(each -> isLeftOver(world, each)).forEach(leftovers::add);
        }
    }

    private List<ServicesWorld> steps(ServicesWorld world) {
        List<ServicesWorld> next = new ArrayList<>();
        next.addAll(TerraformSteps.of(world, applies));
        next.addAll(world.reconciliations());
        boolean patienceMayEnd = !timely || world.terraform().isIdle();
        next.addAll(ProducerSteps.of(world, rules, patienceMayEnd));
        next.addAll(ConsumerSteps.of(world, rules, patienceMayEnd));
        return next;
    }

    /** How many states were reached. */
    public int size() {
        return reached.size();
    }

    /** The states from which no order of steps leads to the end; faults don't count as a way out. */
    public Set<ServicesWorld> stuck() {
        Map<ServicesWorld, List<ServicesWorld>> before = new HashMap<>();
        reached.forEach((world, next) -> next.forEach(
                each -> before.computeIfAbsent(each, any -> new ArrayList<>()).add(world)));
        Set<ServicesWorld> ending = new HashSet<>();
        Deque<ServicesWorld> open =
                new ArrayDeque<>(reached.keySet().stream().filter(this::isEnd).toList());
        while (!open.isEmpty()) {
            ServicesWorld world = open.remove();
            if (ending.add(world)) {
                open.addAll(before.getOrDefault(world, List.of()));
            }
        }
        Set<ServicesWorld> stuck = new HashSet<>(reached.keySet());
        stuck.removeAll(ending);
        return stuck;
    }

    /** The states in which an apply has just started consumers that no producer will stop. */
    public Set<ServicesWorld> leftovers() {
        return Set.copyOf(leftovers);
    }

    private boolean isEnd(ServicesWorld world) {
        Ecs ecs = world.ecs();
        boolean atZero = ecs.producer() <= 0 && ecs.consumers() <= 0 && !ecs.producerRuns() && !ecs.consumersRun();
        boolean disabled = applies.get(applies.size() - 1) == Apply.DISABLED;
        boolean complete = world.ledger().run() == Ledger.Run.COMPLETE;
        return world.terraform().isDone(applies) && atZero && (disabled || complete);
    }

    private static boolean isLeftOver(ServicesWorld before, ServicesWorld after) {
        return before.ecs().consumers() <= 0
                && after.ecs().consumers() > 0
                && after.ecs().producer() == 0
                && after.ledger().run() == Ledger.Run.COMPLETE;
    }
}
