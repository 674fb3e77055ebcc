package dev.rehome.emulation.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A producer and consumers, started again when they die, as a service would. For use by one thread. */
public final class Crew {
    private final List<Supplier<MigrationProcess>> starts = new ArrayList<>();
    private final List<MigrationProcess> members = new ArrayList<>();

    /** Starts a producer and so many consumers. */
    public Crew(MigrationStage stage, int consumers) {
        starts.add(stage::producer);
        for (int i = 0; i < consumers; i++) {
            starts.add(stage::consumer);
        }
        starts.forEach(start -> members.add(start.get()));
    }

    /** How many there are. */
    public int size() {
        return members.size();
    }

    /** The producer. */
    public MigrationProcess producer() {
        return members.get(0);
    }

    /** A member: 0 is the producer. */
    public MigrationProcess member(int number) {
        return members.get(number);
    }

    /** Kills a member and starts another in its place; a producer that has ended by itself is left alone. */
    public void replace(int number) {
        if (number == 0 && !members.get(0).isAlive()) {
            return;
        }
        members.get(number).kill();
        members.set(number, starts.get(number).get());
    }

    /** Waits for the end of the producer, with dead consumers replaced meanwhile. */
    public MigrationProcess awaitProducer() {
        Patience.until("the producer ends", Patience.RUN, () -> {
            for (int i = 1; i < members.size(); i++) {
                if (!members.get(i).isAlive()) {
                    members.set(i, starts.get(i).get());
                }
            }
            return !producer().isAlive();
        });
        return producer();
    }
}
