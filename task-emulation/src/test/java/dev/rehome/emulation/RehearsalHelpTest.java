package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.HelpScreens;
import org.junit.jupiter.api.Test;

class RehearsalHelpTest {
    @Test
    void helpOfEveryCommandFitsAScreen() {
        assertThat(HelpScreens.tooLong(EmulationMain.commandLine())).isEmpty();
    }
}
