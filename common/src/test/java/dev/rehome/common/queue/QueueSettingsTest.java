package dev.rehome.common.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.settings.Environment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSettingsTest {
    @Test
    void everySettingHasADefault() {
        assertThat(QueueSettings.from(new Environment(Map.of())))
                .isEqualTo(new QueueSettings(Duration.ofSeconds(60), 5, 1_000));
    }

    @ParameterizedTest
    @CsvSource({"LEASE_SECONDS, 2", "LEASE_SECONDS, 99999999999", "MAX_ATTEMPTS, 0", "MAX_OPEN_BATCHES, 1"})
    void invalidValueIsReportedByName(String name, String value) {
        Environment env = new Environment(Map.of(name, value));
        QueueSettings.from(env);
        assertThatThrownBy(env::throwIfProblems).hasMessageContaining(name);
    }
}
