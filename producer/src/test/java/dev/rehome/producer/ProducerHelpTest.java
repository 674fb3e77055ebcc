package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.HelpScreens;
import dev.rehome.common.process.ProcessContext;
import dev.rehome.common.process.ShutdownSignal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProducerHelpTest {
    @Test
    void helpOfEveryCommandFitsAScreen() {
        assertThat(HelpScreens.tooLong(ProducerMain.commandLine(new ProcessContext(Map.of(), new ShutdownSignal()))))
                .isEmpty();
    }
}
