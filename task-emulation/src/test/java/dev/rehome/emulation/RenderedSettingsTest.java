package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import dev.rehome.consumer.ConsumerMain;
import dev.rehome.producer.ProducerMain;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs know each variable that the stack passes to them, and accept its value. */
class RenderedSettingsTest {
    /** The stack passes some settings to both programs, although one of them doesn't read it. */
    private static final Set<String> ALL_NAMES = Stream.concat(
                    ProducerMain.settings().stream(), ConsumerMain.settings().stream())
            .map(Setting::name)
            .collect(Collectors.toUnmodifiableSet());

    @ParameterizedTest
    @CsvSource({
        "defaults, producer", "defaults, consumer",
        "every_option, producer", "every_option, consumer",
        "existing_resources, producer", "existing_resources, consumer"
    })
    void programsAcceptTheRenderedEnvironment(String plan, String program) throws IOException {
        Map<String, String> rendered = RenderedTask.environment(plan, program);
        assertThat(ALL_NAMES).containsAll(rendered.keySet());

        Environment environment = new Environment(rendered);
        List<Setting<?>> settings = program.equals("producer") ? ProducerMain.settings() : ConsumerMain.settings();
        settings.forEach(environment::read);
        assertThatCode(environment::throwIfProblems).doesNotThrowAnyException();
    }
}
