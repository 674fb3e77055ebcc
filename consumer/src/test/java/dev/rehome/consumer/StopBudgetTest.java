package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopBudgetTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 30, 120, 3_600})
    void everythingIsGivenBackBeforeTheProcessEndsAndThatBeforeItIsKilled(int seconds) {
        Duration whole = Duration.ofSeconds(seconds);
        StopBudget budget = new StopBudget(whole);
        Duration givenBack = budget.finishing().plus(budget.givingBack());
        assertThat(givenBack).isLessThan(budget.patience());
        assertThat(budget.patience()).isLessThanOrEqualTo(whole.minusSeconds(1));
        assertThat(budget.givingBack()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 30, 120})
    void givingBackGetsTheTimeOfAFewCallsAndClosingTheTimeOfASilentConnection(int seconds) {
        StopBudget budget = new StopBudget(Duration.ofSeconds(seconds));
        assertThat(budget.givingBack()).isGreaterThanOrEqualTo(Duration.ofMillis(750));
        assertThat(budget.patience().minus(budget.finishing()).minus(budget.givingBack()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(seconds).dividedBy(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 120})
    void mostOfTheTimeIsForFinishing(int seconds) {
        StopBudget budget = new StopBudget(Duration.ofSeconds(seconds));
        assertThat(budget.finishing())
                .isGreaterThan(Duration.ofSeconds(seconds).dividedBy(2).minusSeconds(1));
    }
}
