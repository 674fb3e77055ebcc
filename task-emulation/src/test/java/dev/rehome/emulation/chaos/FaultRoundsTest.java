package dev.rehome.emulation.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FaultRoundsTest {
    private final List<Fault> faults = Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
            .map(name -> new Fault(name, time -> {}))
            .toList();

    @Test
    void eachRoundHasEachFaultOnce() {
        FaultRounds rounds = new FaultRounds(faults, new SplittableRandom(1));
        List<Fault> first = draw(rounds, 8);
        List<Fault> second = draw(rounds, 8);
        assertThat(first).containsExactlyInAnyOrderElementsOf(faults);
        assertThat(second).containsExactlyInAnyOrderElementsOf(faults).isNotEqualTo(first);
    }

    @Test
    void sameSeedRepeatsTheOrder() {
        assertThat(draw(new FaultRounds(faults, new SplittableRandom(7)), 20))
                .isEqualTo(draw(new FaultRounds(faults, new SplittableRandom(7)), 20))
                .isNotEqualTo(draw(new FaultRounds(faults, new SplittableRandom(8)), 20));
    }

    @Test
    void undrawnFaultsOfTheRoundAreLeft() {
        FaultRounds rounds = new FaultRounds(faults, new SplittableRandom(1));
        List<Fault> drawn = draw(rounds, 5);
        assertThat(rounds.left()).hasSize(3).doesNotContainAnyElementsOf(drawn);
    }

    private static List<Fault> draw(FaultRounds rounds, int count) {
        return IntStream.range(0, count).mapToObj(i -> rounds.next()).toList();
    }
}
