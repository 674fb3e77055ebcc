package dev.rehome.emulation.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Draws faults in rounds: each round has every fault once, in a random order. For use by one thread. */
final class FaultRounds {
    private final List<Fault> faults;
    private final Random random;
    private final Deque<Fault> round = new ArrayDeque<>();

    FaultRounds(List<Fault> faults, RandomGenerator random) {
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("no faults: expected at least one");
        }
        this.faults = List.copyOf(faults);
        this.random = new Random(random.nextLong());
    }

    /** The next fault. */
    Fault next() {
        if (round.isEmpty()) {
            List<Fault> shuffled = new ArrayList<>(faults);
            Collections.shuffle(shuffled, random);
            round.addAll(shuffled);
        }
        return round.poll();
    }

    /** The faults that are still to be drawn in this round. */
    List<Fault> left() {
        return List.copyOf(round);
    }
}
