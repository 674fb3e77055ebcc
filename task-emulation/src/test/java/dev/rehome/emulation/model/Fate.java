package dev.rehome.emulation.model;

import dev.rehome.common.ContractProxy;
import java.util.random.RandomGenerator;

/** Decides at each call of a port, before and after its effect, whether the caller dies or the world moves on first. */
final class Fate {
    private final RandomGenerator random;
    private final Runnable meanwhile;
    private final int crashOneIn;
    private final int pauseOneIn;
    private boolean kind;
    private int depth;

    Fate(RandomGenerator random, int crashOneIn, int pauseOneIn, Runnable meanwhile) {
        this.random = random;
        this.crashOneIn = crashOneIn;
        this.pauseOneIn = pauseOneIn;
        this.meanwhile = meanwhile;
    }

    /** From now on nothing goes wrong. */
    void relent() {
        kind = true;
    }

    /** The port, with a fate at each call. */
    <T> T over(Class<T> type, T port) {
        return ContractProxy.of(type, port, (method, call) -> {
            strike();
            Object result = call.call();
            strike();
            return result;
        });
    }

    private void strike() {
        if (kind) {
            return;
        }
        if (random.nextInt(crashOneIn) == 0) {
            throw new Crash();
        }
        if (depth < 2 && random.nextInt(pauseOneIn) == 0) {
            depth++;
            try {
                meanwhile.run();
            } finally {
                depth--;
            }
        }
    }
}
