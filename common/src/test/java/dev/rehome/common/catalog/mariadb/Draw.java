package dev.rehome.common.catalog.mariadb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Chance from a seed: the same seed draws the same things. */
final class Draw {
    private final Random random;

    Draw(long seed) {
        // Neighbouring seeds begin alike in java.util.Random: stirred.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** A whole number, both bounds included. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** True so many times in a hundred. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    final <T> T of(T... some) {
        return some[random.nextInt(some.length)];
    }

    <T> T of(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    <T> List<T> shuffled(List<T> some) {
        List<T> copy = new ArrayList<>(some);
        Collections.shuffle(copy, random);
        return copy;
    }

    /** So many pieces in a row. */
    String text(List<String> pieces, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(of(pieces));
        }
        return text.toString();
    }
}
