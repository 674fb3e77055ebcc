package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.model.ServicesModel;
import dev.rehome.emulation.model.ServicesModel.Apply;
import dev.rehome.emulation.model.ServicesModel.Rule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Terraform, producer and consumers under every interleaving of their calls: whatever the order, both services end at
 * zero with the latest run complete, unless the last apply disabled the migration before that.
 */
class ScalingModelTest {
    private static final Set<Rule> ALL = EnumSet.allOf(Rule.class);

    static Stream<List<Apply>> applies() {
        return Stream.of(
                List.of(Apply.ENABLED),
                List.of(Apply.ENABLED, Apply.ENABLED),
                List.of(Apply.ENABLED, Apply.DISABLED),
                List.of(Apply.DISABLED, Apply.ENABLED),
                List.of(Apply.ENABLED, Apply.DISABLED, Apply.ENABLED),
                List.of(Apply.ENABLED, Apply.ENABLED, Apply.ENABLED),
                List.of(Apply.ENABLED, Apply.INTERRUPTED),
                List.of(Apply.INTERRUPTED, Apply.ENABLED));
    }

    @ParameterizedTest
    @MethodSource("applies")
    void everyInterleavingEndsWithBothServicesAtZero(List<Apply> applies) {
        ServicesModel model = explored(applies, ALL, false);

        assertThat(model.stuck())
                .as("states that never end, of " + model.size())
                .isEmpty();
        assertThat(model.size()).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(names = {"LEFTOVERS_STOP_THEMSELVES", "RUN_GETS_A_CONSUMER", "PRODUCER_EXITS_AT_THE_END"})
    void withoutOneOfTheRulesSomeStatesNeverEnd(Rule rule) {
        Set<Rule> others = EnumSet.complementOf(EnumSet.of(rule));

        assertThat(applies()
                        .anyMatch(applies ->
                                !explored(applies, others, false).stuck().isEmpty()))
                .as("stuck without " + rule)
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void firstApplyStartsConsumersAfterTheEndOnlyIfTheEndDoesNotWait(boolean waits) {
        Set<Rule> rules = waits ? ALL : EnumSet.complementOf(EnumSet.of(Rule.END_WAITS_FOR_SERVICES));

        assertThat(explored(List.of(Apply.ENABLED), rules, true).leftovers().isEmpty())
                .isEqualTo(waits);
    }

    private static ServicesModel explored(List<Apply> applies, Set<Rule> rules, boolean timely) {
        ServicesModel model = new ServicesModel(applies, rules, timely);
        model.explore();
        return model;
    }
}
