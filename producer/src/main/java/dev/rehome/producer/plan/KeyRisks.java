package dev.rehome.producer.plan;

import dev.rehome.common.catalog.ColumnCapacity;
import dev.rehome.common.store.ObjectKeyRules;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds keys that fail, or that tools other than Rehome are known to mangle. Not safe for use by several threads. */
public final class KeyRisks {
    /** A risk for a key. */
    public enum Risk {
        REFUSED("can't be copied: the record fails with KEY_REFUSED or KEY_TOO_LONG"),
        COLUMN("have a new key that the column can't hold: widen it, or choose a shorter target prefix"),
        CHARACTER_SET("have a new key with characters that the column's character set doesn't have"),
        LONG("are longer than 900 bytes: a longer target prefix may push them beyond S3's 1,024"),
        END("end with a space or a dot, which spreadsheets, shells and file systems remove"),
        CONTROL("have control characters, which XML listings can't show"),
        SPECIAL("have characters such as \\ % + # ? \" that tools escape differently; Rehome copies them as they are"),
        UNNORMALIZED("have accents in decomposed form, which some systems compose: the key then isn't found"),
        SLASHES("start with a slash or have two in a row, which file systems collapse");

        private final String meaning;

        Risk(String meaning) {
            this.meaning = meaning;
        }

        /** The consequence, as the end of a sentence that begins with the number of keys. */
        public String meaning() {
            return meaning;
        }
    }

    /** How many keys have a risk, and one of them. */
    public record Found(Risk risk, long keys, String example) {
        /** Whether their records would fail. */
        public boolean isFatal() {
            return risk.compareTo(Risk.CHARACTER_SET) <= 0;
        }
    }

    private static final int LONG_BYTES = 900;
    private static final int MOST_TESTED = 5_000;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern SPECIAL = Pattern.compile("[\\\\%+#?\"<>|*:&{}^`\\[\\]~]");

    private final ObjectKeyRules rules;
    private final ColumnCapacity capacity;
    private final Map<Risk, Found> found = new EnumMap<>(Risk.class);
    private final List<String> written = new ArrayList<>();

    public KeyRisks(ObjectKeyRules rules, ColumnCapacity capacity) {
        this.rules = rules;
        this.capacity = capacity;
    }

    /** Looks at the key of one record; {@code newKey} is empty if it isn't known. */
    public void add(String key, Optional<String> newKey) {
        check(
                Risk.REFUSED,
                rules.problem(key).or(() -> newKey.flatMap(rules::problem)).isPresent(),
                key);
        check(Risk.COLUMN, newKey.filter(capacity::isTooLong).isPresent(), key);
        check(Risk.LONG, key.getBytes(StandardCharsets.UTF_8).length > LONG_BYTES, key);
        check(Risk.END, key.endsWith(" ") || key.endsWith("."), key);
        check(Risk.CONTROL, CONTROL.matcher(key).find(), key);
        check(Risk.SPECIAL, SPECIAL.matcher(key).find(), key);
        check(Risk.UNNORMALIZED, !Normalizer.isNormalized(key, Normalizer.Form.NFC), key);
        check(Risk.SLASHES, key.startsWith("/") || key.contains("//"), key);
        newKey.filter(each -> written.size() < MOST_TESTED).ifPresent(written::add);
    }

    private void check(Risk risk, boolean has, String key) {
        if (has) {
            count(risk, key);
        }
    }

    private void count(Risk risk, String key) {
        found.merge(risk, new Found(risk, 1, key), (known, one) -> new Found(risk, known.keys() + 1, known.example()));
    }

    /** The risks, the worst first; asks the database once about the character set. */
    public List<Found> found() {
        capacity.unwritable(written).forEach(place -> count(Risk.CHARACTER_SET, written.get(place)));
        written.clear();
        return List.copyOf(found.values());
    }
}
