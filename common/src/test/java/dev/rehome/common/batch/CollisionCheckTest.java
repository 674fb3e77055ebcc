package dev.rehome.common.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Draw;
import dev.rehome.common.batch.CollisionCheck.Collision;
import dev.rehome.common.batch.CollisionCheck.Pairs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollisionCheckTest {
    private record Pair(String name, String value) {}

    /** Counts how often it is read. */
    private record Listed(List<Pair> pairs, AtomicInteger readings) implements Pairs {
        private Listed(List<Pair> pairs) {
            this(pairs, new AtomicInteger());
        }

        @Override
        public void forEach(CollisionCheck.Visitor visitor) {
            readings.incrementAndGet();
            for (int i = 0; i < pairs.size(); i++) {
                if (!visitor.visit(i, pairs.get(i).name(), pairs.get(i).value())) {
                    return;
                }
            }
        }
    }

    private static List<Collision> find(Pairs pairs, int slots, int mostNames) {
        List<Collision> found = new ArrayList<>();
        new CollisionCheck(slots).find(pairs, mostNames, found::add);
        return found;
    }

    @Test
    void pairWithAnotherValueIsReportedWithTheFirst() {
        Listed pairs = new Listed(List.of(
                new Pair("a", "1"), new Pair("b", "1"), new Pair("a", "1"), new Pair("a", "2"), new Pair("a", "3")));

        assertThat(find(pairs, 16, 10))
                .extracting(Collision::toString)
                .containsExactly(
                        new Collision("a", first(), new CollisionCheck.Occurrence(3, "2")).toString(),
                        new Collision("a", first(), new CollisionCheck.Occurrence(4, "3")).toString());
    }

    private static CollisionCheck.Occurrence first() {
        return new CollisionCheck.Occurrence(0, "1");
    }

    /** Compares with a plain map. Sixteen slots hold twelve names, so that thousands of names need many readings. */
    @ParameterizedTest
    @CsvSource({"10, 16", "300, 16", "300, 65536", "5000, 1024"})
    void exactlyTheNamesWithSeveralValuesAreReportedInAnyMemory(int count, int slots) {
        for (long seed = 1; seed <= 5; seed++) {
            Draw draw = new Draw(seed);
            List<Pair> pairs = IntStream.range(0, count)
                    .mapToObj(i -> new Pair("n" + draw.between(0, count * 2), "v" + draw.between(0, 1)))
                    .toList();
            Map<String, String> first = new HashMap<>();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Pair pair = pairs.get(i);
                String known = first.putIfAbsent(pair.name(), pair.value());
                if (known != null && !known.equals(pair.value())) {
                    expected.add(pair.name() + " at " + i);
                }
            }

            assertThat(find(new Listed(pairs), slots, count))
                    .as("seed %d", seed)
                    .extracting(found -> found.name() + " at " + found.other().position())
                    .isEqualTo(expected);
        }
    }

    @Test
    void memoryThatSufficesNeedsOneReadingAndLessMemoryNeedsMore() {
        List<Pair> pairs =
                IntStream.range(0, 100).mapToObj(i -> new Pair("n" + i, "v")).toList();
        Listed ample = new Listed(pairs);
        Listed scarce = new Listed(pairs);

        assertThat(find(ample, 256, 10)).isEmpty();
        assertThat(find(scarce, 16, 10)).isEmpty();

        assertThat(ample.readings()).hasValue(1);
        assertThat(scarce.readings().get()).isBetween(9, 40);
    }

    @Test
    void searchStopsAtTheLargestNumberOfNames() {
        List<Pair> pairs = IntStream.range(0, 1_000)
                .mapToObj(i -> new Pair("n" + i / 2, "v" + i))
                .toList();

        assertThat(find(new Listed(pairs), 16, 7)).hasSize(7);
    }

    @Test
    void tableSizeIsAPowerOfTwo() {
        assertThatThrownBy(() -> new CollisionCheck(8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CollisionCheck(100)).isInstanceOf(IllegalArgumentException.class);
    }
}
