package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Draw;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of object keys on random keys. {@code -Dproperty.first=SEED -Dproperty.seeds=1} repeats a seed. */
class S3KeyRulesPropertyTest {
    private static final long SEEDS = Long.getLong("property.seeds", 10_000);
    private static final long FIRST = Long.getLong("property.first", 1);

    @Test
    void exactlyTheInvalidKeysAreRefusedWithTheirReason() {
        S3KeyRules rules = new S3KeyRules();
        int refusals = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            String key = RandomKeys.key(new Draw(seed), 7);
            Set<FailureCode> expected = RandomKeys.refusals(key);
            Optional<Refusal> refused = rules.refusal(new Location("s3", "any", key));
            assertThat(refused.isPresent()).as("seed %d: '%s'", seed, key).isEqualTo(!expected.isEmpty());
            refused.ifPresent(why -> assertThat(expected).contains(why.code()));
            refusals += refused.isPresent() ? 1 : 0;
        }
        if (SEEDS > 1_000) {
            assertThat(refusals).as("refusals among the draws").isBetween(1, (int) SEEDS - 1);
        }
    }
}
