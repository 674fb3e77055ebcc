package dev.rehome.consumer.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {
    @ParameterizedTest
    @CsvSource({"1%, 0.01", "0.5%, 0.005", "100%, 1.0", "12 %, 0.12"})
    void shareIsAPercentage(String text, double fraction) {
        assertThat(Share.parse(text).fraction()).isEqualTo(fraction);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "%", "0%", "-1%", "101%", "some%"})
    void everythingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Share.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as 1%");
    }
}
