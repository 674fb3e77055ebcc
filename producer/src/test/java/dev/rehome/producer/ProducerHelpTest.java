package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.HelpScreens;
import org.junit.jupiter.api.Test;

class ProducerHelpTest {
    @Test
    void helpOfEveryCommandFitsAScreen() {
        assertThat(HelpScreens.tooLong(ProducerMain.commandLine())).isEmpty();
    }
}
