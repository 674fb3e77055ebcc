package dev.rehome.emulation.model;

import dev.rehome.common.ContractProxy;
import dev.rehome.common.Unavailable;
import java.lang.reflect.Method;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Injects faults into the calls of contracts, before and after each call has its effect: the caller dies, the service is
 * unavailable (after the effect: only its reply is lost), or the caller is paused while everybody else continues.
 */
final class Faults {
    /** How often each fault happens: once in this many calls on average. */
    record Rates(int crash, int unavailable, int pause) {
        /** Rates for one seed, from rare faults to ones that hardly let a batch through. */
        static Rates random(RandomGenerator random) {
            return new Rates(15 + random.nextInt(200), 15 + random.nextInt(200), 10 + random.nextInt(100));
        }
    }

    private static final int DEEPEST_PAUSE = 2;

    private final RandomGenerator random;
    private final Rates rates;
    private final Runnable whilePaused;
    private boolean stopped;
    private int pauses;

    Faults(RandomGenerator random, Rates rates, Runnable whilePaused) {
        this.random = random;
        this.rates = rates;
        this.whilePaused = whilePaused;
    }

    /** Injects no more faults. */
    void stop() {
        stopped = true;
    }

    /** The contract, with all faults at each call. */
    <T> T into(Class<T> contract, T target) {
        return into(contract, target, method -> true);
    }

    /** The contract, with crashes and pauses at each call, and unavailability only at some. */
    <T> T into(Class<T> contract, T target, Predicate<Method> mayBeUnavailable) {
        return ContractProxy.of(contract, target, (method, call) -> {
            boolean unavailable = mayBeUnavailable.test(method);
            inject(unavailable);
            Object result = call.call();
            inject(unavailable);
            return result;
        });
    }

    private void inject(boolean mayBeUnavailable) {
        if (stopped) {
            return;
        }
        if (random.nextInt(rates.crash()) == 0) {
            throw new SimulatedCrash();
        }
        if (mayBeUnavailable && random.nextInt(rates.unavailable()) == 0) {
            throw new Unavailable("simulated");
        }
        if (pauses < DEEPEST_PAUSE && random.nextInt(rates.pause()) == 0) {
            pauses++;
            try {
                whilePaused.run();
            } finally {
                pauses--;
            }
        }
    }
}
