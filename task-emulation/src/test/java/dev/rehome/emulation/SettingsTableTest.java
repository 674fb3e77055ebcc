package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.settings.Setting;
import dev.rehome.consumer.ConsumerMain;
import dev.rehome.producer.ProducerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table in docs/SETTINGS.md lists every setting that a program reads, with its default and explanation. */
class SettingsTableTest {
    private static final Path PAGE = Path.of("..", "docs", "SETTINGS.md");
    private static final Path EXPECTED = Path.of("target", "settings-table.md");

    @Test
    void tableListsExactlyTheSettingsThatTheProgramsRead() throws IOException {
        List<String> expected = rows();
        Files.write(EXPECTED, expected);
        List<String> documented = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(documented)
                .as("rows of docs/SETTINGS.md; replace them with those in %s", EXPECTED.toAbsolutePath())
                .containsExactlyElementsOf(expected);
    }

    private static List<String> rows() {
        Map<String, Setting<?>> all = new LinkedHashMap<>();
        List<Setting<?>> producer = ProducerMain.settings();
        List<Setting<?>> consumer = ConsumerMain.settings();
        producer.forEach(setting -> all.put(setting.name(), setting));
        consumer.forEach(setting -> all.putIfAbsent(setting.name(), setting));
        return all.values().stream()
                .map(setting -> row(setting, has(producer, setting), has(consumer, setting)))
                .toList();
    }

    private static boolean has(List<Setting<?>> settings, Setting<?> wanted) {
        return settings.stream().anyMatch(setting -> setting.name().equals(wanted.name()));
    }

    private static String row(Setting<?> setting, boolean producer, boolean consumer) {
        String reader = producer && consumer ? "both" : producer ? "producer" : "consumer";
        String fallback = setting.fallback().isEmpty()
                ? "**required**"
                : setting.fallbackText().isEmpty() ? "" : "`" + setting.fallbackText() + "`";
        return "| `" + setting.name() + "` | " + reader + " | " + fallback + " | " + setting.explanation() + " |";
    }
}
