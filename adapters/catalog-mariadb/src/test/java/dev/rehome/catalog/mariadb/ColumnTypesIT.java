package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.catalog.RecordTotals;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each type of column that may hold locations: just the byte-exact legacy values are found and rewritten. */
@ExtendWith(MariaDbSchemas.class)
class ColumnTypesIT {
    private static final List<String> VALUES = Arrays.asList(
            "legacy/a.jpg",
            "LEGACY/a.jpg",
            "Legacy/a.jpg",
            "legacyXa.jpg",
            "legacy",
            " legacy/a.jpg",
            "l\u00e9gacy/a.jpg",
            null,
            "",
            "legacy/",
            "legacy//a.jpg",
            "legacy/A.jpg",
            "legacy/a.jpg ",
            "legacy/caf\u00e9.jpg",
            "legacy/cafe\u0301.jpg",
            "legacy/\uD83D\uDE80",
            "legacy/100%_\\'\"`?:x");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VARCHAR(60) COLLATE utf8mb4_general_ci",
                "VARCHAR(60) COLLATE utf8mb4_unicode_ci",
                "VARCHAR(60) COLLATE utf8mb4_bin",
                "VARCHAR(60) COLLATE utf8mb4_nopad_bin",
                "VARCHAR(60) COLLATE uca1400_ai_ci",
                "VARCHAR(60) CHARACTER SET utf8mb3",
                "VARCHAR(60) CHARACTER SET latin1",
                "VARCHAR(60) CHARACTER SET latin1 COLLATE latin1_bin",
                "VARCHAR(60) CHARACTER SET ascii",
                "VARCHAR(60) CHARACTER SET utf16",
                "VARCHAR(60) COMPRESSED",
                "VARCHAR(5000)",
                "CHAR(60)",
                "TINYTEXT",
                "TEXT",
                "MEDIUMTEXT",
                "LONGTEXT CHARACTER SET latin1",
                "VARBINARY(60)",
                "VARBINARY(5000)",
                "BLOB",
                "MEDIUMBLOB"
            })
    void legacyValuesAreRewrittenByteForByte(String type, AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image " + type + ")");
        migrate(schema);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VARCHAR(60)", "VARCHAR(60) CHARACTER SET latin1", "TEXT", "VARBINARY(60)", "BLOB"})
    void indexedColumnIsMigratedTheSame(String type, AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image " + type + ", KEY by_image (image(20)))");
        migrate(schema);
    }

    private static void migrate(AppSchema schema) {
        for (int i = 0; i < VALUES.size(); i++) {
            // A value that the column's character set can't hold is left out.
            schema.execute("INSERT IGNORE INTO t VALUES (?, ?)", i, VALUES.get(i));
            schema.execute("DELETE FROM t WHERE id = ? AND image LIKE '%?%' AND id < ?", i, VALUES.size() - 1);
        }
        List<List<String>> before = schema.rows("SELECT id, image FROM t ORDER BY id");
        List<List<String>> after = before.stream().map(ColumnTypesIT::moved).toList();
        int legacy = (int) Stream.iterate(0, i -> i < before.size(), i -> i + 1)
                .filter(i -> !before.get(i).equals(after.get(i)))
                .count();
        assertThat(legacy).isGreaterThan(5);

        try (PreparedCatalog catalog = schema.migration().prepared()) {
            assertThat(catalog.walk().count()[0]).isEqualTo(legacy);
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(legacy));
            assertThat(schema.rows("SELECT id, image FROM t ORDER BY id")).isEqualTo(after);
        }
    }

    private static List<String> moved(List<String> row) {
        String value = row.get(1);
        return value != null && value.startsWith("legacy/")
                ? List.of(row.get(0), "new/" + value.substring("legacy/".length()))
                : row;
    }

    @Test
    void invalidTextIsReturnedAsFailed(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARBINARY(60))");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/a'), (2, x'6C65676163792FFF'), (3, 'legacy/?')");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            assertThat(catalog.walk().pass(1))
                    .extracting(found -> found.failure().orElse("none"))
                    .containsExactly("none", "KEY_REFUSED", "none");
        }
    }

    @Test
    void valuesThatUnicodeCannotRepresentAreReturnedAsFailed(AppSchema schema) {
        // 0x8790 and 0x81E0 of cp932 are the same character: what was written would not be what was read.
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(60) CHARACTER SET cp932)");
        schema.execute("INSERT INTO t VALUES (1, x'6C65676163792F8790'), (2, x'6C65676163792F81E0')");
        assertThat(schema.column("SELECT HEX(image) FROM t ORDER BY id"))
                .containsExactly("6C65676163792F8790", "6C65676163792F81E0");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            assertThat(catalog.walk().pass(1))
                    .extracting(found -> found.failure().orElse("none"))
                    .containsExactly("KEY_REFUSED", "none");
        }
    }

    @Test
    void everyCharacterSetHasANoPadBinaryCollation(AppSchema schema) {
        assertThat(schema.column("""
                SELECT CHARACTER_SET_NAME FROM information_schema.CHARACTER_SETS WHERE CHARACTER_SET_NAME <> 'binary'
                AND CONCAT(CHARACTER_SET_NAME, '_nopad_bin') NOT IN
                  (SELECT COLLATION_NAME FROM information_schema.COLLATIONS)""")).isEmpty();
    }
}
