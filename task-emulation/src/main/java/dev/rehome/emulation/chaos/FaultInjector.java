package dev.rehome.emulation.chaos;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Injects a fault every few seconds on a thread of its own until it is closed. Each round has every fault once. Leaves
 * everything running.
 */
final class FaultInjector implements AutoCloseable {
    private static final int LEAST_PAUSE_MILLIS = 1_000;
    private static final int PAUSE_SPREAD_MILLIS = 2_500;
    private static final int LEAST_FREEZE_MILLIS = 500;
    private static final int FREEZE_SPREAD_MILLIS = 14_000;

    private final FaultRounds rounds;
    private final int faults;
    private final RandomGenerator random;
    private final Consumer<String> notes;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "fault injector");
    private int injected;
    private int drawn;
    private volatile Throwable failure;

    /** Starts injecting. */
    FaultInjector(List<Fault> faults, RandomGenerator random, Consumer<String> notes) {
        this.rounds = new FaultRounds(faults, random);
        this.faults = faults.size();
        this.random = random;
        this.notes = notes;
        thread.start();
    }

    private void run() {
        try {
            while (!stop.await(LEAST_PAUSE_MILLIS + random.nextInt(PAUSE_SPREAD_MILLIS), TimeUnit.MILLISECONDS)) {
                inject(rounds.next());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error unexpected) {
            failure = unexpected;
        }
    }

    private void inject(Fault fault) throws InterruptedException {
        drawn++;
        try {
            notes.accept("  fault: " + fault.name());
            fault.action().inject(LEAST_FREEZE_MILLIS + random.nextInt(FREEZE_SPREAD_MILLIS));
            injected++;
        } catch (IllegalStateException gone) {
            // The process had ended by itself before it could be signalled.
            notes.accept("  fault missed: " + gone.getMessage());
        }
    }

    /** The failure that ended the injector prematurely; empty when there was none. Call after {@link #close}. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** The number of faults injected. Call after {@link #close}. */
    int injected() {
        return injected;
    }

    /** The faults for which a soak shorter than one round had no time. Call after {@link #close}. */
    List<String> missed() {
        return drawn < faults ? rounds.left().stream().map(Fault::name).toList() : List.of();
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
