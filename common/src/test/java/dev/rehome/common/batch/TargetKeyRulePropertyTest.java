package dev.rehome.common.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Draw;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The rule of the keys on drawn prefixes and keys, held to the specification byte for byte: on UTF-8 as hex, where nothing
 * folds, pads or normalises. {@code -Dproperty.first=SEED -Dproperty.seeds=1} repeats a seed.
 */
class TargetKeyRulePropertyTest {
    private static final long SEEDS = Long.getLong("property.seeds", 10_000);
    private static final long FIRST = Long.getLong("property.first", 1);
    private static final String SLASH = "2f";
    private static final List<String> PIECES =
            List.of(("a¦A¦i¦I¦\u0131¦\u0130¦e\u0301¦\u00e9¦_¦%¦\\¦|¦ ¦/¦/¦//¦.¦..¦%2F¦+¦?¦\t¦\u0000¦\u00df¦ss¦"
                            + "\ud83d\ude80¦a/¦a/a/")
                    .split("¦"));

    @Test
    void everyKeyGoesWhereTheSpecificationSays() {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            try {
                follows(new Draw(seed));
            } catch (RuntimeException | AssertionError trouble) {
                throw new AssertionError("seed " + seed + ": " + trouble.getMessage(), trouble);
            }
        }
    }

    private static void follows(Draw draw) {
        String legacy = draw.text(PIECES, draw.between(0, 3));
        String target = draw.chance(40) ? legacy + draw.of("", "s", "/", "/a") : draw.text(PIECES, draw.between(0, 3));
        KeyLayout layout = draw.of(KeyLayout.values());
        String from = folder(hex(legacy));
        String to = folder(hex(target));
        if (from.isEmpty() || to.startsWith(from)) {
            assertThatThrownBy(() -> new TargetKeyRule(legacy, target, layout))
                    .as("%s to %s", legacy, target)
                    .isInstanceOf(IllegalArgumentException.class);
            return;
        }
        TargetKeyRule keys = new TargetKeyRule(legacy, target, layout);
        Map<String, String> sources = new HashMap<>();
        for (int i = 0; i < 8; i++) {
            String key = draw.of(legacy, legacy + "/", legacy.toUpperCase(java.util.Locale.ROOT) + "/", "")
                    + draw.text(PIECES, draw.between(0, 5));
            assertThat(keys.isLegacy(key)).as("%s of %s", key, keys).isEqualTo(hex(key).startsWith(from));
            String expected = moved(hex(key), from, to, layout);
            if (expected.isEmpty()) {
                assertThatThrownBy(() -> keys.targetOf(key))
                        .as("%s of %s", key, keys)
                        .isInstanceOf(IllegalArgumentException.class);
                continue;
            }
            String moved = keys.targetOf(key);
            assertThat("=" + hex(moved)).as("%s of %s", key, keys).isEqualTo(expected);
            assertThat(keys.isLegacy(moved)).as("%s of %s is done", key, keys).isFalse();
            String other = sources.put(moved, key);
            if (layout == KeyLayout.PREFIX && other != null) {
                assertThat(other).as("two sources of %s", moved).isEqualTo(key);
            }
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String folder(String hex) {
        return hex.isEmpty() || hex.endsWith(SLASH) ? hex : hex + SLASH;
    }

    /** The target behind an equals sign; nothing where there is none. */
    private static String moved(String key, String from, String to, KeyLayout layout) {
        if (!key.startsWith(from)) {
            return "";
        }
        String rest = key.substring(from.length());
        if (layout == KeyLayout.FLATTEN) {
            int slash = rest.length();
            while (slash >= 2 && !rest.startsWith(SLASH, slash - 2)) {
                slash -= 2;
            }
            rest = rest.substring(slash);
        }
        return (to + rest).startsWith(from) ? "" : "=" + to + rest;
    }
}
