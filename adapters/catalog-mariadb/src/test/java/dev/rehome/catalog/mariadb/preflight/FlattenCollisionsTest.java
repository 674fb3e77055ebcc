package dev.rehome.catalog.mariadb.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Draw;
import dev.rehome.common.batch.CollisionCheck;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.PreflightFinding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlattenCollisionsTest {
    private static final TargetKeyRule KEYS = new TargetKeyRule("legacy", "new", KeyLayout.FLATTEN);

    /** Sixteen slots hold twelve targets, so that hundreds of keys need many readings of the table. */
    @ParameterizedTest
    @CsvSource({"10, 16", "300, 16", "300, 65536", "5000, 1024"})
    void keysThatShareTheirLastSegmentCollide(int rows, int slots) {
        for (long seed = 1; seed <= 5; seed++) {
            Draw draw = new Draw(seed);
            List<String> all = IntStream.range(0, rows)
                    .mapToObj(i -> "legacy/" + draw.between(0, 3) + "/" + draw.between(0, rows * rows / 4))
                    .collect(Collectors.toList());
            all.addAll(all.subList(0, rows / 2));
            Map<String, Long> sources = all.stream()
                    .distinct()
                    .collect(Collectors.groupingBy(key -> key.substring(9), Collectors.counting()));
            List<String> shared = sources.keySet().stream()
                    .filter(name -> sources.get(name) > 1)
                    .toList();

            List<PreflightFinding> found =
                    new FlattenCollisions(new Listed(all), KEYS, new CollisionCheck(slots)).find();

            assertThat(found).as("seed %d", seed).hasSize(shared.isEmpty() ? 0 : 1);
            if (!found.isEmpty()) {
                String text = found.get(0).text();
                assertThat(text.split(" and '", -1)).as("seed %d", seed).hasSize(1 + Math.min(20, shared.size()));
                assertThat(text.contains("and more")).as("seed %d", seed).isEqualTo(shared.size() > 20);
                if (shared.size() <= 20) {
                    assertThat(shared)
                            .as("seed %d", seed)
                            .allSatisfy(name -> assertThat(text).contains("/" + name + "'"));
                }
            }
        }
    }

    /** Windows of seven rows. */
    private record Listed(List<String> locations) implements LocationScanner {
        @Override
        public Page page(Optional<RowKey> after) {
            int from = after.map(key -> Integer.parseInt(key.parts().get(0))).orElse(0);
            int to = Math.min(locations.size(), from + 7);
            return new Page(
                    locations.subList(from, to),
                    from == to ? Optional.empty() : Optional.of(RowKey.of(Integer.toString(to))));
        }
    }
}
