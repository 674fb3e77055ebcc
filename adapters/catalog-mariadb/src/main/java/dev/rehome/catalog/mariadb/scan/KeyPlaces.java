package dev.rehome.catalog.mariadb.scan;

import dev.rehome.catalog.mariadb.sql.KeyColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Random values between the least and the greatest of a key column. Numbers are spread evenly. Texts are made of the
 * characters of known values, so that the values of random texts such as UUIDs are hit evenly as well.
 *
 * @param least the least value, as the column gives it
 * @param greatest the greatest value
 * @param known some values of the column, which show the characters that texts are made of
 */
record KeyPlaces(String least, String greatest, List<String> known) {
    private static final int RANDOM_CHARACTERS = 8;

    KeyPlaces {
        known = List.copyOf(known);
    }

    /** Whether a column's values have a range that can be divided: numbers, bytes and texts, but no times. */
    static boolean canDivide(KeyColumn column) {
        return column.kind() != KeyColumn.Kind.TEXT || column.declaration().contains("char");
    }

    List<String> values(KeyColumn column, int count, RandomGenerator random) {
        List<String> values = new ArrayList<>(count);
        for (int place = 0; place < count; place++) {
            values.add(
                    switch (column.kind()) {
                        case NUMBER -> number((place + random.nextDouble()) / count);
                        case TEXT -> text(random, 1);
                        case BYTES -> text(random, 2);
                    });
        }
        return values;
    }

    private String number(double part) {
        BigDecimal from = new BigDecimal(least);
        return new BigDecimal(greatest)
                .subtract(from)
                // So that the greatest value is drawn as often as the others.
                .add(BigDecimal.ONE)
                .multiply(BigDecimal.valueOf(part))
                .add(from)
                .setScale(0, RoundingMode.FLOOR)
                .toPlainString();
    }

    /**
     * The common beginning of both ends, then random units of {@code unit} characters: 1 of a text, 2 hexadecimal digits of
     * a byte.
     */
    private String text(RandomGenerator random, int unit) {
        int common = 0;
        while (common + unit <= Math.min(least.length(), greatest.length())
                && least.regionMatches(common, greatest, common, unit)) {
            common += unit;
        }
        StringBuilder text = new StringBuilder(least.substring(0, common));
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            text.append(
                    unit == 2 ? HexFormat.of().toHexDigits((byte) random.nextInt()) : character(random, common + i));
        }
        return text.toString();
    }

    /** A character that a random known value has at this position. */
    private String character(RandomGenerator random, int position) {
        Optional<String> value =
                known.isEmpty() ? Optional.empty() : Optional.of(known.get(random.nextInt(known.size())));
        return value.filter(each -> each.length() > position)
                .map(each -> each.substring(position, position + 1))
                .orElse("");
    }
}
