package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ReferenceRollback;
import dev.rehome.common.catalog.ReferenceRollback.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Old locations come back byte for byte, in columns of every type, and nothing else changes. */
@ExtendWith(MariaDbSchemas.class)
class ReferenceRollbackIT {
    private static final SideEffectPolicy KEEP = new SideEffectPolicy(false, SideEffectPolicy.Timestamps.KEEP);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VARCHAR(50)",
                "VARCHAR(50) CHARACTER SET latin1",
                "VARCHAR(50) CHARACTER SET utf8mb3 COLLATE utf8mb3_bin",
                "VARCHAR(50) CHARACTER SET utf16",
                "CHAR(50)",
                "VARBINARY(50)",
                "TEXT CHARACTER SET latin1",
                "MEDIUMTEXT",
                "BLOB"
            })
    void whatWasMigratedIsRestoredAndNothingElse(String type, AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image " + type
                + ", updated_at TIMESTAMP NOT NULL DEFAULT '2001-01-01' ON UPDATE CURRENT_TIMESTAMP)");
        schema.execute("INSERT INTO t (id, image) VALUES (1, 'legacy/A b'), (2, 'legacy/\u00e9'), (3, 'legacy/c'),"
                + " (4, 'other')");
        try (PreparedCatalog catalog = schema.migration().accepting(KEEP).prepared()) {
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(3));
            schema.execute("UPDATE t SET image = 'NEW/c', updated_at = updated_at WHERE id = 3");

            assertThat(rollBack(catalog)).isEqualTo(new Totals(2, 1, 0, 0, 0));

            assertThat(schema.column("SELECT CONVERT(image USING utf8mb4) FROM t ORDER BY id"))
                    .containsExactly("legacy/A b", "legacy/\u00e9", "NEW/c", "other");
            assertThat(schema.column("SELECT DISTINCT updated_at FROM t")).containsExactly("2001-01-01 00:00:00");
        }
    }

    @Test
    void tableWithoutAKeyIsRolledBackByItsValues(AppSchema schema) {
        schema.execute("CREATE TABLE t (image VARCHAR(50))");
        schema.execute("INSERT INTO t VALUES ('legacy/1'), ('legacy/1'), ('legacy/2'), ('other')");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(2));
            schema.execute("UPDATE t SET image = 'mine' WHERE image = 'new/2'");
            assertThat(rollBack(catalog)).isEqualTo(new Totals(1, 1, 0, 0, 0));
            assertThat(schema.column("SELECT image FROM t")).containsExactly("legacy/1", "legacy/1", "mine", "other");
        }
    }

    @Test
    void rowWhoseOldValueIsRejectedOrAlteredKeepsItsNewLocation(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        schema.execute("INSERT INTO t SELECT seq, CONCAT('legacy/', seq) FROM seq_1_to_20");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            catalog.migrate();
            schema.execute("""
                    CREATE TRIGGER odd BEFORE UPDATE ON t FOR EACH ROW
                    BEGIN
                      IF NEW.id = 7 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'; END IF;
                      IF NEW.id = 9 THEN SET NEW.image = 'elsewhere'; END IF;
                    END""");
            assertThat(rollBack(catalog)).isEqualTo(new Totals(18, 0, 0, 0, 2));
            assertThat(schema.column("SELECT image FROM t WHERE image NOT LIKE 'legacy/%' ORDER BY id"))
                    .containsExactly("new/7", "new/9");

            schema.execute("DROP TRIGGER odd");
            assertThat(rollBack(catalog)).as("repeated").isEqualTo(new Totals(20, 0, 0, 0, 0));
        }
    }

    /** A purge is forbidden after a rollback, because rows refer to old objects again; none does after this one. */
    @Test
    void rollbackThatRestoresNoRowIsNotRecorded(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/1')");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            catalog.migrate();
            schema.execute("UPDATE t SET image = 'mine'");

            assertThat(rollBack(catalog)).isEqualTo(new Totals(0, 1, 0, 0, 0));

            assertThat(catalog.catalog().rollback().latest()).isEmpty();
        }
    }

    /** Migrate, let the application write, roll back: every row holds its old value, or what the application wrote. */
    @RepeatedTest(5)
    void everyRowHoldsItsOldValueOrWhatTheApplicationWrote(AppSchema schema) {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        schema.execute("INSERT INTO t SELECT seq, CONCAT('legacy/', seq) FROM seq_1_to_60");
        List<String> expected = new ArrayList<>();
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            catalog.migrate();
            for (int id = 1; id <= 60; id++) {
                String[] values = {"new/" + id, "NEW/" + id, "new/" + id + " ", "legacy/" + id, "x", null};
                String value = values[random.nextInt(values.length)];
                schema.execute("UPDATE t SET image = ? WHERE id = ?", value, id);
                expected.add(("new/" + id).equals(value) ? "legacy/" + id : value);
            }
            rollBack(catalog);
            assertThat(schema.column("SELECT image FROM t ORDER BY id"))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    private static Totals rollBack(PreparedCatalog catalog) {
        ReferenceRollback rollback = catalog.catalog().rollback();
        return rollback.batches(Optional.empty(), 10).stream()
                .map(batch -> rollback.rollBack(
                        batch,
                        rollback.candidates(batch).stream()
                                .map(ReferenceRollback.Candidate::record)
                                .collect(Collectors.toSet())))
                .reduce(Totals.NONE, Totals::plus);
    }
}
