package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.catalog.RecordTotals;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row that a trigger gives another value keeps its old one and becomes a failed record. */
@ExtendWith(MariaDbSchemas.class)
class AlteredRowsIT {
    private static final String ROW_WITH_KEY = "CREATE TABLE t (id INT PRIMARY KEY, image %s)";
    private static final String NO_KEY = "CREATE TABLE t (id INT, image %s)";

    private static PreparedCatalog prepared(AppSchema schema) {
        return schema.migration().acceptingTriggers().prepared();
    }

    private static void trigger(AppSchema schema, String assignment) {
        schema.execute("CREATE TRIGGER altering BEFORE UPDATE ON t FOR EACH ROW " + assignment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VARCHAR(50)", "VARCHAR(50) CHARACTER SET latin1", "VARBINARY(50)", "TEXT"})
    void valueThatATriggerLowersIsRolledBack(String type, AppSchema schema) {
        schema.execute(ROW_WITH_KEY.formatted(type));
        schema.execute("INSERT INTO t VALUES (1, 'legacy/a'), (2, 'legacy/B'), (3, 'legacy/c'), (4, 'legacy/D')");
        trigger(schema, "SET NEW.image = LOWER(CONVERT(NEW.image USING utf8mb4))");
        try (PreparedCatalog catalog = prepared(schema)) {
            assertThat(catalog.migrate())
                    .isEqualTo(RecordTotals.NONE.withMigrated(2).withFailed(2));
            assertThat(schema.column("SELECT CONVERT(image USING utf8mb4) FROM t ORDER BY id"))
                    .containsExactly("new/a", "legacy/B", "new/c", "legacy/D");
            assertThat(schema.column("SELECT CONCAT(k1, ' ', code, ' ', message) FROM rehome_map"
                            + " WHERE outcome = 'FAILED' ORDER BY k1"))
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .startsWith("2 VALUE_ALTERED After the UPDATE, row 2 held 'new/b' instead of"
                                            + " 'new/B', so the UPDATE was rolled back. A BEFORE UPDATE trigger on "),
                            second -> assertThat(second).startsWith("4 VALUE_ALTERED"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET NEW.image = OLD.image",
                "SET NEW.image = NULL",
                "SET NEW.image = CONCAT(NEW.image, ' ')",
                "SET NEW.id = NEW.id + 1000"
            })
    void runEndsAlthoughATriggerAltersEveryRow(String assignment, AppSchema schema) {
        schema.execute(ROW_WITH_KEY.formatted("VARCHAR(50)"));
        schema.execute("INSERT INTO t SELECT seq, CONCAT('legacy/', seq) FROM seq_1_to_150");
        trigger(schema, assignment);
        try (PreparedCatalog catalog = prepared(schema)) {
            Batch batch = catalog.copied();
            RecordTotals totals = RecordTotals.NONE.withFailed(150);
            assertThat(catalog.apply(batch)).isEqualTo(totals);
            assertThat(catalog.apply(batch)).as("applied again").isEqualTo(totals);
            assertThat(catalog.walk().pass(1))
                    .as("nothing is left to publish")
                    .hasSize(150)
                    .allSatisfy(record -> assertThat(record.failure()).contains("VALUE_ALTERED"));
            assertThat(schema.column("SELECT DISTINCT image = CONCAT('legacy/', id) FROM t"))
                    .containsExactly("1");
        }
    }

    @Test
    void rowsOfAValueAreUpdatedTogetherOrNotAtAll(AppSchema schema) {
        schema.execute(NO_KEY.formatted("VARCHAR(50)"));
        for (String value : List.of("a", "b", "c", "d")) {
            schema.execute("INSERT INTO t SELECT seq, ? FROM seq_1_to_3", "legacy/" + value);
        }
        schema.execute("INSERT INTO t VALUES (4, 'new/b'), (2, 'new/a')");
        trigger(
                schema,
                "IF NEW.id = 2 AND OLD.image = 'legacy/b' OR OLD.image = 'legacy/d' THEN SET NEW.image = 'x'; END IF");
        try (PreparedCatalog catalog = prepared(schema)) {
            assertThat(catalog.migrate())
                    .isEqualTo(RecordTotals.NONE.withMigrated(2).withFailed(2));
            assertThat(schema.column("SELECT CONCAT(image, ' ', COUNT(*)) FROM t GROUP BY image ORDER BY image"))
                    .containsExactly("legacy/b 3", "legacy/d 3", "new/a 4", "new/b 1", "new/c 3");
            assertThat(schema.column("SELECT message FROM rehome_map WHERE k1 = 'legacy/b'"))
                    .first()
                    .asString()
                    .startsWith("After the UPDATE, only 2 of 3 rows held their new location");
        }
    }

    @Test
    void rowsThatTheTriggerLeavesAloneAreUpdated(AppSchema schema) {
        schema.execute(ROW_WITH_KEY.formatted("VARCHAR(50)"));
        schema.execute("INSERT INTO t SELECT seq, CONCAT('legacy/', seq) FROM seq_1_to_20");
        trigger(schema, "IF NEW.id = 13 THEN SET NEW.image = 'nowhere'; END IF");
        try (PreparedCatalog catalog = prepared(schema)) {
            assertThat(catalog.migrate())
                    .isEqualTo(RecordTotals.NONE.withMigrated(19).withFailed(1));
            assertThat(schema.column("SELECT image FROM t WHERE image NOT LIKE 'new/%'"))
                    .containsExactly("legacy/13");
        }
    }

    @Test
    void rowThatTheApplicationChangesAfterItsUpdateIsNotAFailure(AppSchema schema) {
        schema.execute(ROW_WITH_KEY.formatted("VARCHAR(50)"));
        schema.execute("INSERT INTO t VALUES (1, 'legacy/1'), (2, 'legacy/2')");
        try (PreparedCatalog catalog = prepared(schema)) {
            Batch batch = catalog.copied();
            catalog.apply(batch);
            schema.execute("UPDATE t SET image = 'mine' WHERE id = 1");
            assertThat(catalog.apply(batch)).isEqualTo(RecordTotals.NONE.withMigrated(2));
            assertThat(schema.column("SELECT image FROM t")).containsExactly("mine", "new/2");
        }
    }
}
