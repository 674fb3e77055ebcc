package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.catalog.RecordTotals;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A row that can't take its new value is found, keeps the old one, and holds back no other. */
@ExtendWith(MariaDbSchemas.class)
class RefusedRowsIT {
    private static final int ROWS = 37;

    @Test
    void uniqueCollisionIsNarrowedDownToTheRow(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50), UNIQUE KEY one_image (image))");
        fill(schema);
        schema.execute("INSERT INTO t VALUES (100, 'new/7'), (101, 'NEW/20')");
        migratesAllBut(schema, "UNIQUE_COLLISION", 7, 20);
    }

    @Test
    void valueTooLongIsNarrowedDownToTheRow(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(20))");
        fill(schema);
        schema.execute("UPDATE t SET image = 'legacy/890123456789' WHERE id IN (1, 36)");
        try (PreparedCatalog catalog = longer(schema).prepared()) {
            assertThat(catalog.walk().count()).containsExactly(ROWS, 2);
        }
        migratesAllBut(longer(schema), "VALUE_TOO_LONG", 1, 36);
    }

    /** MariaDB would truncate the new value silently, and the row would refer to an object that doesn't exist. */
    @ParameterizedTest
    @CsvSource({
        "VARCHAR(20), 'legacy/890          '",
        "VARCHAR(20), 'legacy/8901234     '",
        "TINYTEXT, x",
        "TINYTEXT, é",
        "TINYBLOB, x"
    })
    void valueThatMariaDbWouldCutSilentlyIsFoundToo(String type, String value, AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image " + type + ")");
        fill(schema);
        int bytes = 248 / value.getBytes(StandardCharsets.UTF_8).length;
        String stored = value.length() > 1 ? value : "legacy/" + value.repeat(bytes);
        schema.execute("UPDATE t SET image = ? WHERE id IN (1, 36)", stored);
        try (PreparedCatalog catalog = longer(schema).prepared()) {
            assertThat(catalog.walk().count()).containsExactly(ROWS, 2);
        }
        migratesAllBut(longer(schema), "VALUE_TOO_LONG", 1, 36);
        assertThat(schema.value("SELECT HEX(image) FROM t WHERE id = 36"))
                .isEqualTo(HexFormat.of().withUpperCase().formatHex(stored.getBytes(StandardCharsets.UTF_8)));
    }

    private static TestMigration longer(AppSchema schema) {
        return schema.migration().moving("legacy", "longer/new");
    }

    @Test
    void refusalByACheckConstraintIsNarrowedDownToTheRow(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50) CHECK (image <> 'new/9'))");
        fill(schema);
        migratesAllBut(schema, "REJECTED", 9);
    }

    @Test
    void refusalByATriggerIsNarrowedDownToTheRow(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        fill(schema);
        schema.execute("CREATE TRIGGER guard BEFORE UPDATE ON t FOR EACH ROW"
                + " IF NEW.id = 12 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not this one'; END IF");
        migratesAllBut(schema.migration().acceptingTriggers(), "REJECTED", 12);
    }

    /** Numbers that are in no list, and one that usually means a deadlock. */
    @ParameterizedTest
    @ValueSource(ints = {31001, 1213, 1142, 1175})
    void signalWithAnyNumberIsNarrowedDownToTheRow(int number, AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        fill(schema);
        schema.execute("CREATE TRIGGER guard BEFORE UPDATE ON t FOR EACH ROW IF NEW.id IN (12, 30) THEN"
                + " SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = " + number + ", MESSAGE_TEXT = 'not these'; END IF");
        migratesAllBut(schema.migration().acceptingTriggers(), "REJECTED", 12, 30);
        assertThat(schema.value("SELECT message FROM rehome_map WHERE k1 = 12"))
                .startsWith("MariaDB rejected the UPDATE of the row with error " + number + ": ")
                .contains("not these");
    }

    @Test
    void rowThatGrowsTooLargeIsNarrowedDownToTheRow(AppSchema schema) {
        schema.execute("SET innodb_strict_mode = 0");
        String columns = IntStream.range(0, 10)
                .mapToObj(i -> ", c" + i + " VARCHAR(768)")
                .collect(Collectors.joining());
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(700)" + columns
                + ") ROW_FORMAT=COMPACT CHARACTER SET latin1");
        schema.execute("INSERT INTO t (id, image) SELECT seq, CONCAT('legacy/', seq) FROM seq_1_to_" + ROWS);
        for (int i = 0; i < 10; i++) {
            schema.execute("UPDATE t SET c" + i + " = REPEAT('x', 768) WHERE id = 20");
        }
        migratesAllBut(schema.migration().moving("legacy", "long".repeat(150)), "REJECTED", 20);
        assertThat(schema.value("SELECT message FROM rehome_map WHERE k1 = 20")).contains("error 1118: ");
    }

    @Test
    void errorOfEveryRowEndsTheRunAndChangesNothing(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        schema.execute("CREATE TABLE log (id INT)");
        schema.execute("INSERT INTO t SELECT seq, CONCAT('legacy/', seq) FROM seq_1_to_120");
        schema.execute("CREATE TRIGGER guard BEFORE UPDATE ON t FOR EACH ROW INSERT INTO log VALUES (NEW.id)");
        schema.execute("DROP TABLE log");
        try (PreparedCatalog catalog = schema.migration().acceptingTriggers().prepared()) {
            Batch batch = catalog.copied();
            assertThatThrownBy(() -> catalog.apply(batch))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("log' doesn't exist");
            assertThat(schema.column("SELECT DISTINCT outcome FROM rehome_map")).containsExactly("COPIED");
            schema.execute("CREATE TABLE log (id INT)");
            assertThat(catalog.apply(batch)).isEqualTo(RecordTotals.NONE.withMigrated(120));
        }
    }

    @Test
    void errorOfEveryRowOfASmallBatchFailsItsRecords(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/1'), (2, 'legacy/2')");
        schema.execute("CREATE TRIGGER guard BEFORE UPDATE ON t FOR EACH ROW INSERT INTO log VALUES (NEW.id)");
        try (PreparedCatalog catalog = schema.migration().acceptingTriggers().prepared()) {
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withFailed(2));
        }
    }

    @Test
    void refusalByThePartitionsIsNarrowedDownToTheRow(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT NOT NULL, image VARCHAR(50) NOT NULL, UNIQUE KEY by_id (id, image))"
                + " PARTITION BY RANGE COLUMNS (image) (PARTITION a VALUES LESS THAN ('new/36'),"
                + " PARTITION b VALUES LESS THAN ('new/37'))");
        fill(schema);
        migratesAllBut(schema, "REJECTED", 37, 4, 5, 6, 7, 8, 9);
    }

    private static void fill(AppSchema schema) {
        schema.execute("INSERT INTO t SELECT seq, CONCAT('legacy/', seq) FROM seq_1_to_" + ROWS);
    }

    private static void migratesAllBut(AppSchema schema, String code, Integer... ids) {
        migratesAllBut(schema.migration(), code, ids);
    }

    private static void migratesAllBut(TestMigration migration, String code, Integer... ids) {
        AppSchema schema = migration.schema();
        List<Integer> refused = List.of(ids);
        try (PreparedCatalog catalog = migration.prepared()) {
            Batch batch = catalog.copied();
            RecordTotals result =
                    RecordTotals.NONE.withMigrated(ROWS - refused.size()).withFailed(refused.size());
            assertThat(catalog.apply(batch)).isEqualTo(result);
            assertThat(catalog.apply(batch)).as("applied again").isEqualTo(result);
            assertThat(catalog.catalog().batches().totals(1)).isEqualTo(result);

            List<String> legacy = new ArrayList<>();
            List<String> moved = new ArrayList<>();
            IntStream.rangeClosed(1, ROWS)
                    .forEach(id -> (refused.contains(id) ? legacy : moved).add(Integer.toString(id)));
            assertThat(schema.column("SELECT id FROM t WHERE image LIKE 'legacy/%' ORDER BY id"))
                    .isEqualTo(legacy);
            assertThat(schema.column(
                            "SELECT id FROM t WHERE image NOT LIKE 'legacy/%' AND id <= " + ROWS + " ORDER BY id"))
                    .isEqualTo(moved);
            assertThat(catalog.walk().pass(1))
                    .as("what the run has reported is shown with its code")
                    .hasSize(refused.size())
                    .allSatisfy(found -> assertThat(found.failure()).contains(code));
            assertThat(catalog.walk().pass(2))
                    .as("the next run tries again")
                    .hasSize(refused.size())
                    .allSatisfy(found -> assertThat(found.failure()).isEmpty());
        }
    }
}
