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

/** The README's table of settings is what the programs read: names, defaults and explanations. */
class SettingsTableTest {
    private static final Path README = Path.of("..", "README.md");

    @Test
    void readmeTellsEverySettingAsTheProgramsReadIt() throws IOException {
        List<String> lines = Files.readAllLines(README);

        assertThat(lines).containsAll(rows());
    }

    @Test
    void readmeTellsNoSettingThatNoProgramReads() throws IOException {
        List<String> told = Files.readAllLines(README).stream()
                .filter(line -> line.matches("\\| `[A-Z0-9_]+` \\| (both|producer|consumer) \\|.*"))
                .toList();

        assertThat(rows()).containsAll(told);
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
