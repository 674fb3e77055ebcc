package dev.rehome.consumer.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
    @ParameterizedTest
    @CsvSource({"1%, 1", "0.5%, 0.5", "100%, 100", "12 %, 12"})
    void rateIsAPercentage(String text, String percent) {
        assertThat(Scope.of(false, text, 1).percent()).isEqualTo(percent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "%", "0%", "-1%", "101%", "some%"})
    void everythingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Scope.of(false, text, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as 1%");
    }

    @Test
    void sameSeedSelectsTheSameElementsAndAnotherSeedOthers() {
        assertThat(selected("10%", 7)).isEqualTo(selected("10%", 7)).isNotEqualTo(selected("10%", 8));
        assertThat(selected("10%", 7).size()).isBetween(850, 1_150);
        assertThat(selected("100%", 7)).hasSize(10_000);
    }

    private static List<Integer> selected(String rate, long seed) {
        return IntStream.range(0, 10_000)
                .boxed()
                .filter(Scope.of(false, rate, seed).selection())
                .toList();
    }
}
