package dev.rehome.producer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final ObjectSample NO_OBJECTS = new ObjectSample(0, 0, List.of(), List.of(), 0, List.of(), "");

    @Test
    void shareOfNoneSeenFollowsTheRuleOfThree() {
        Estimate share = Estimate.share(0, 300, "");
        assertThat(share.value()).isZero();
        assertThat(share.high()).isEqualTo(0.01);
        assertThat(Estimate.share(300, 300, "").low()).isEqualTo(0.99);
    }

    @Test
    void trueMeanLiesInTheRangeInMostSamples() {
        SplittableRandom random = new SplittableRandom(1);
        long within = IntStream.range(0, 1_000)
                .filter(trial -> {
                    double sum = 0;
                    double squares = 0;
                    for (int i = 0; i < 100; i++) {
                        double value = random.nextDouble(0, 200);
                        sum += value;
                        squares += value * value;
                    }
                    Estimate mean = Estimate.mean(sum, squares, 100, "");
                    return mean.low() <= 100 && 100 <= mean.high();
                })
                .count();
        assertThat(within).isBetween(920L, 980L);
    }

    @Test
    void sharedObjectsAreEstimatedFromPairsInTheSample() {
        SplittableRandom random = new SplittableRandom(2);
        List<String> sample = IntStream.range(0, 2_000)
                .mapToObj(i -> "key " + random.nextInt(10_000))
                .toList();
        Estimate distinct = ObjectEstimates.estimated(Estimate.exact(1_000_000, ""), sample, NO_OBJECTS)
                .distinct();
        assertThat(distinct.value()).isCloseTo(10_000, within(3_000.0));
        assertThat(distinct.low()).isLessThan(10_000);
        assertThat(distinct.high()).isGreaterThan(10_000);
    }

    @Test
    void withoutSharedObjectsEachRowHasOneButFewerAreNotExcluded() {
        List<String> sample = IntStream.range(0, 600).mapToObj(i -> "key " + i).toList();
        Estimate distinct = ObjectEstimates.estimated(Estimate.exact(1_000_000, ""), sample, NO_OBJECTS)
                .distinct();
        assertThat(distinct.value()).isEqualTo(1_000_000);
        assertThat(distinct.low()).isEqualTo(60_000);
    }

    @Test
    void emptySampleGivesNoEstimate() {
        PlanReport.ObjectTotals none =
                ObjectEstimates.estimated(Estimate.exact(0, ""), Collections.emptyList(), NO_OBJECTS);
        assertThat(none.bytes()).isEmpty();
        assertThat(none.missing()).isEmpty();
    }
}
