package dev.rehome.emulation.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Simulates small migrations, each from a seed: a few here, hundreds in {@link ModelIT}. To repeat one: {@code
 * -Dmodel.first=SEED -Dmodel.seeds=1}.
 */
class ModelTest {
    private static final int STEPS = 400;

    @Test
    void noRowIsLostWhateverFails() {
        simulate(Long.getLong("model.first", 1), Long.getLong("model.seeds", 40));
    }

    /** Simulates migrations of successive seeds. */
    static void simulate(long first, long seeds) {
        LongStream.range(first, first + seeds).parallel().forEach(ModelTest::simulate);
    }

    /** Seeds that once found a defect. */
    @ParameterizedTest
    @ValueSource(longs = {1})
    void seedsThatOnceFailedPass(long seed) {
        simulate(seed);
    }

    private static void simulate(long seed) {
        World world = new World(seed);
        for (int step = 0; step < STEPS; step++) {
            world.step();
            assertNoViolation(world, seed, "at step " + step, false);
        }
        assertThat(world.completesWithoutFaults())
                .as("seed %d: the run ends once faults end: %s", seed, world.contents())
                .isTrue();
        assertNoViolation(world, seed, "at the end", true);

        int copies = world.copies();
        String contents = world.contents();
        assertThat(world.completesWithoutFaults())
                .as("seed %d: a second run ends", seed)
                .isTrue();
        assertThat(world.copies())
                .as("seed %d: a second run copies nothing", seed)
                .isEqualTo(copies);
        assertThat(world.contents())
                .as("seed %d: a second run changes nothing", seed)
                .isEqualTo(contents);
    }

    private static void assertNoViolation(World world, long seed, String when, boolean atEnd) {
        String violation = world.violation(atEnd);
        if (!violation.isEmpty()) {
            throw new AssertionError("seed " + seed + " " + when + ": " + violation + "\n" + world.contents());
        }
    }
}
