package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.HelpScreens;
import org.junit.jupiter.api.Test;

class ConsumerHelpTest {
    @Test
    void helpOfEveryCommandFitsAScreen() {
        assertThat(HelpScreens.tooLong(ConsumerMain.commandLine())).isEmpty();
    }
}
