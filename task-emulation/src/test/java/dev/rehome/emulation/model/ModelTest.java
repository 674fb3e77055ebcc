package dev.rehome.emulation.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of small worlds, each with its seed. {@code -Dmodel.seeds=N} sets how many, {@code -Dmodel.first=N} where
 * they begin: one world by itself is {@code -Dmodel.first=SEED -Dmodel.seeds=1}.
 */
class ModelTest {
    private static final int STEPS = 400;
    private static final long SEEDS = Long.getLong("model.seeds", 4_000);
    private static final long FIRST = Long.getLong("model.first", 1);

    @Test
    void nothingIsLostWhateverDies() {
        LongStream.range(FIRST, FIRST + SEEDS).forEach(ModelTest::live);
    }

    /** Seeds that once found something. */
    @ParameterizedTest
    @ValueSource(longs = {1})
    void whatWasOnceFoundStaysMended(long seed) {
        live(seed);
    }

    private static void live(long seed) {
        World world = new World(seed);
        for (int step = 0; step < STEPS; step++) {
            world.step();
            holds(world, seed, "at step " + step, false);
        }
        assertThat(world.drain())
                .as("seed %d: the migration ends: %s", seed, world.contents())
                .isTrue();
        holds(world, seed, "at the end", true);

        int copies = world.copies();
        String contents = world.contents();
        assertThat(world.drain()).as("seed %d: a second run ends", seed).isTrue();
        assertThat(world.copies())
                .as("seed %d: a second run copies nothing", seed)
                .isEqualTo(copies);
        assertThat(world.contents())
                .as("seed %d: a second run changes nothing", seed)
                .isEqualTo(contents);
    }

    private static void holds(World world, long seed, String when, boolean end) {
        String breach = world.breach(end);
        if (!breach.isEmpty()) {
            throw new AssertionError("seed " + seed + " " + when + ": " + breach + "\n" + world.contents());
        }
    }
}
