package dev.rehome.common;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Chance from a seed, for property tests. For use by one thread at a time. */
public final class Draw {
    private final Random random;

    /** The same seed draws the same things. */
    public Draw(long seed) {
        // java.util.Random begins alike for neighbouring seeds, so the seed is scrambled.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** A whole number, both bounds included. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** True with this probability, in percent. */
    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** One of some. */
    @SafeVarargs
    public final <T> T of(T... some) {
        return some[random.nextInt(some.length)];
    }

    /** One of some. */
    public <T> T of(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** All of some, in any order. */
    public <T> List<T> shuffled(List<T> some) {
        List<T> copy = new ArrayList<>(some);
        Collections.shuffle(copy, random);
        return copy;
    }

    /** This many pieces, one after the other. */
    public String text(List<String> pieces, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(of(pieces));
        }
        return text.toString();
    }
}
