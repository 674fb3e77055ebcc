package dev.rehome.emulation.model;

import org.junit.jupiter.api.Test;

/** {@link ModelTest} with hundreds of seeds. {@code -Dmodel.seeds=N} sets how many, {@code -Dmodel.first=N} the first. */
class ModelIT {
    @Test
    void noRowIsLostWhateverFails() {
        ModelTest.simulate(Long.getLong("model.first", 1), Long.getLong("model.seeds", 500));
    }
}
