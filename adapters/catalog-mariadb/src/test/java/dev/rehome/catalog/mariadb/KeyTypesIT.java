package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.RecordTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each type of key that a table may have: scanned in windows of two rows, recorded, and joined by the update. */
@ExtendWith(MariaDbSchemas.class)
class KeyTypesIT {
    /** A key's columns and some of its values as SQL literals, ascending; the columns of a value are separated by a bar. */
    record Case(String columns, List<String> keys) {
        List<RowKey> expected() {
            return keys.stream()
                    .map(key -> RowKey.of(
                            Stream.of(key.split("\\|")).map(Case::text).toArray(String[]::new)))
                    .toList();
        }

        private static String text(String literal) {
            if (literal.startsWith("x'")) {
                return literal.substring(2, literal.length() - 1).toLowerCase(Locale.ROOT);
            }
            return literal.startsWith("'")
                    ? literal.substring(1, literal.length() - 1).replace("\\\\", "\\")
                    : literal;
        }

        String names() {
            return Stream.of(columns.split("; "))
                    .map(column -> column.substring(0, column.indexOf(' ')))
                    .collect(Collectors.joining(", "));
        }

        @Override
        public String toString() {
            return columns;
        }
    }

    private static Case key(String columns, String... keys) {
        return new Case(columns, List.of(keys));
    }

    static Stream<Case> keys() {
        return Stream.of(
                key("k INT", "-2147483648", "-1", "0", "7", "2147483647"),
                key("k INT UNSIGNED ZEROFILL", "0000000001", "0000000002", "0000000010"),
                key("k TINYINT", "-128", "0", "127"),
                key("k BIGINT", "-9223372036854775808", "0", "9223372036854775807"),
                key("k BIGINT UNSIGNED", "0", "9223372036854775807", "9223372036854775808", "18446744073709551615"),
                key("k DECIMAL(20,3)", "-1.500", "0.000", "0.001", "99999999999999999.999"),
                key("k YEAR", "1901", "2024", "2155"),
                key("k DATE", "'1000-01-01'", "'2024-02-29'", "'9999-12-31'"),
                key("k TIME(3)", "'-838:59:59.000'", "'00:00:00.001'", "'25:00:00.000'"),
                key("k DATETIME(6)", "'2024-01-01 00:00:00.000000'", "'2024-01-01 00:00:00.000001'"),
                key("k DATETIME", "'0000-00-00 00:00:00'", "'2024-01-01 00:00:00'", "'9999-12-31 23:59:59'"),
                key("k TIMESTAMP(6)", "'1999-12-31 23:59:59.999999'", "'2024-10-27 01:30:00.000000'"),
                key("k BINARY(4)", "x'00000000'", "x'00000001'", "x'41424300'", "x'FFFFFFFF'"),
                key("k BINARY(16)", "x'00000000000000000000000000000000'", "x'0192FFFFFFFFFFFFFFFFFFFF275C0000'"),
                key("k VARBINARY(8)", "x'00'", "x'0000'", "x'61'", "x'6100'", "x'FF'"),
                key("k UUID", "'00000000-0000-0000-0000-000000000001'", "'01920000-0000-7000-8000-000000000000'"),
                key("k INET6", "'::'", "'::ffff:10.0.0.1'", "'2001:db8::1'"),
                key("k CHAR(36) CHARACTER SET ascii", "'0-a'", "'a-0'", "'b'"),
                key("k VARCHAR(40) COLLATE utf8mb4_general_ci", "'A'", "'b'", "'b c'", "'É'", "'ß'", "'z'"),
                key("k VARCHAR(40) COLLATE utf8mb4_unicode_ci", "'A'", "'b'", "'É'", "'z'"),
                key("k VARCHAR(40) COLLATE uca1400_ai_ci", "'_'", "'A'", "'b'", "'É'", "'z'"),
                key("k VARCHAR(40) CHARACTER SET latin1", "'A'", "'b'", "'é'", "'z'"),
                key("k VARCHAR(40) COLLATE utf8mb4_bin", "'A'", "'B'", "'a'", "'é'", "'\uD83D\uDE80'"),
                key("k VARCHAR(40) COLLATE utf8mb4_nopad_bin", "''", "'a'", "'a '", "'b\\\\c'"),
                key("k VARCHAR(40) CHARACTER SET utf16", "'A'", "'b'", "'é'"),
                key("a INT; b INT", "1|1", "1|2", "2|0", "2|1", "3|0"),
                key("a VARCHAR(10); b BIGINT UNSIGNED", "'a'|18446744073709551615", "'b'|0", "'b'|1", "'c'|0"),
                key("a BINARY(2); b DATE; c INT", "x'0000'|'2024-01-01'|-1", "x'0000'|'2024-01-02'|0"),
                key("a INT; b INT; c INT; d INT", "0|0|0|1", "0|0|1|0", "0|1|0|0", "1|0|0|0", "1|0|0|1"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyRowIsScannedOnceAndMigratedByItsPrimaryKey(Case key, AppSchema schema) {
        everyRowIsMigrated(key, schema, "PRIMARY KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k BIGINT UNSIGNED", "a VARCHAR(10); b BIGINT UNSIGNED"})
    void everyRowIsMigratedByAUniqueIndex(String columns, AppSchema schema) {
        Case key = keys().filter(each -> each.columns().equals(columns))
                .findFirst()
                .orElseThrow();
        everyRowIsMigrated(key, schema, "UNIQUE KEY `the key`");
    }

    private static void everyRowIsMigrated(Case key, AppSchema schema, String index) {
        schema.execute("CREATE TABLE t (" + key.columns().replace("; ", " NOT NULL, ")
                + " NOT NULL, image VARCHAR(50), " + index + " (" + key.names() + "))");
        List<SourceRecord> expected = new ArrayList<>();
        for (int i = 0; i < key.keys().size(); i++) {
            // One row in the middle is not legacy.
            String image = (i == 1 ? "other/" : "legacy/") + i;
            schema.execute("INSERT INTO t VALUES (" + key.keys().get(i).replace("|", ", ") + ", ?)", image);
            if (i != 1) {
                expected.add(new SourceRecord(key.expected().get(i), image));
            }
        }
        try (PreparedCatalog catalog = schema.migration().inWindowsOf(2).prepared()) {
            assertThat(catalog.walk().records(1)).isEqualTo(expected);
            assertThat(catalog.walk().count()).containsExactly(expected.size(), 0);
            assertThat(schema.plan(catalog)).element(1).asString().startsWith("t eq_ref");

            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(expected.size()));
            assertThat(schema.column("SELECT image FROM t ORDER BY " + key.names()))
                    .containsExactlyElementsOf(IntStream.range(0, key.keys().size())
                            .mapToObj(i -> (i == 1 ? "other/" : "new/") + i)
                            .toList());
            assertThat(catalog.walk().records(1)).isEmpty();
        }
    }
}
