package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.catalog.RecordTotals;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No write of the live application is lost, even one that a collation considers equal to the value before. */
@ExtendWith(MariaDbSchemas.class)
class GuardIT {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "VARCHAR(60) COLLATE utf8mb4_general_ci",
                "VARCHAR(60) COLLATE utf8mb4_unicode_ci",
                "VARCHAR(60) COLLATE uca1400_ai_ci",
                "VARCHAR(60) COLLATE utf8mb4_bin",
                "VARCHAR(60) COLLATE utf8mb4_nopad_bin",
                "VARCHAR(60) CHARACTER SET latin1",
                "TEXT",
                "VARBINARY(60)"
            })
    void rowsThatTheApplicationChangedAreLeftAlone(String type, AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image " + type + ")");
        schema.execute(
                "INSERT INTO t VALUES (1, 'legacy/a'), (2, 'legacy/b.jpg'), (3, 'legacy/\u00e9'), (4, 'legacy/c'),"
                        + " (5, 'legacy/d '), (6, 'legacy/e'), (7, 'legacy/f'), (8, 'legacy/g'), (9, 'legacy/h'),"
                        + " (10, 'legacy/i')");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            Batch batch = catalog.copied();
            assertThat(batch.size()).isEqualTo(10);

            set(schema, 2, "legacy/B.jpg");
            set(schema, 3, "legacy/e");
            set(schema, 4, "legacy/c ");
            set(schema, 5, "legacy/d");
            set(schema, 6, null);
            set(schema, 7, "");
            schema.execute("DELETE FROM t WHERE id = 8");
            set(schema, 9, "new/h");
            set(schema, 10, "elsewhere");
            set(schema, 10, "legacy/i");
            List<List<String>> after = schema.rows("SELECT id, HEX(image) FROM t WHERE id NOT IN (1, 10) ORDER BY id");

            RecordTotals result =
                    RecordTotals.NONE.withMigrated(3).withChanged(6).withDeleted(1);
            assertThat(catalog.apply(batch)).isEqualTo(result);
            assertThat(schema.rows("SELECT id, HEX(image) FROM t WHERE id NOT IN (1, 10) ORDER BY id"))
                    .isEqualTo(after);
            assertThat(schema.column("SELECT image FROM t WHERE id IN (1, 10) ORDER BY id"))
                    .containsExactly("new/a", "new/i");

            set(schema, 1, "legacy/a");
            assertThat(catalog.apply(batch)).as("applied again").isEqualTo(result);
            assertThat(schema.value("SELECT image FROM t WHERE id = 1"))
                    .as("a value that the application wrote after the update")
                    .isEqualTo("legacy/a");
        }
    }

    private static void set(AppSchema schema, int id, String image) {
        schema.execute("UPDATE t SET image = ? WHERE id = ?", image, id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_b", "a%b", "a\\b", "a|b", "a'b", "a\"b", "a`b", "a?b", "a b", "\u00e4b", "_", "%", "\\"})
    void thePrefixIsTakenLiterally(String prefix, AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(60))");
        List<String> neighbours = List.of(
                "aXb/1",
                "aXXb/1",
                "ab/1",
                "X/1",
                prefix + "1",
                prefix,
                prefix.toUpperCase(java.util.Locale.ROOT) + "X/1");
        schema.execute("INSERT INTO t VALUES (0, ?)", prefix + "/1");
        for (int i = 0; i < neighbours.size(); i++) {
            schema.execute("INSERT INTO t VALUES (?, ?)", i + 1, neighbours.get(i));
        }
        try (PreparedCatalog catalog =
                schema.migration().moving(prefix, "new " + prefix).prepared()) {
            assertThat(catalog.walk().count()).containsExactly(1, 0);
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(1));
            assertThat(schema.value("SELECT image FROM t WHERE id = 0")).isEqualTo("new " + prefix + "/1");
            assertThat(schema.column("SELECT image FROM t WHERE id > 0 ORDER BY id"))
                    .isEqualTo(neighbours);
        }
    }
}
