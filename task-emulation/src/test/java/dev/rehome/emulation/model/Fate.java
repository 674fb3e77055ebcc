package dev.rehome.emulation.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    strike();
                    Object answer;
                    try {
                        answer = method.invoke(port, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                    strike();
                    return answer;
                }));
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
