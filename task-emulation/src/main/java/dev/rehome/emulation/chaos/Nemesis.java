package dev.rehome.emulation.chaos;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Strikes every few seconds until it is stopped, with each fault once a round, and leaves everything running. */
final class Nemesis implements AutoCloseable {
    private static final int LEAST_PAUSE_MILLIS = 1_000;
    private static final int PAUSE_SPREAD_MILLIS = 2_500;
    private static final int LONGEST_FREEZE_MILLIS = 14_000;

    private final FaultRounds rounds;
    private final int faults;
    private final RandomGenerator random;
    private final Consumer<String> notes;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "nemesis");
    private int strikes;
    private int dealt;
    private volatile Throwable death;

    Nemesis(List<Fault> faults, RandomGenerator random, Consumer<String> notes) {
        this.rounds = new FaultRounds(faults, random);
        this.faults = faults.size();
        this.random = random;
        this.notes = notes;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stop.await(LEAST_PAUSE_MILLIS + random.nextInt(PAUSE_SPREAD_MILLIS), TimeUnit.MILLISECONDS)) {
                strike(rounds.next());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            death = failure;
        }
    }

    private void strike(Fault fault) throws InterruptedException {
        dealt++;
        try {
            notes.accept("  fault: " + fault.name());
            fault.strike().at(500 + random.nextInt(LONGEST_FREEZE_MILLIS));
            strikes++;
        } catch (IllegalStateException gone) {
            // The process that was to be struck ended by itself between the look and the strike.
            notes.accept("  fault missed: " + gone.getMessage());
        }
    }

    /** What ended it before its time; empty when nothing did. */
    Optional<Throwable> death() {
        return Optional.ofNullable(death);
    }

    /** How often it struck. */
    int strikes() {
        return strikes;
    }

    /** The faults that a soak too short for one round had no time for. */
    List<String> missed() {
        return dealt < faults ? rounds.left().stream().map(Fault::name).toList() : List.of();
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
