package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ScannedRecord;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table without a usable key: a record is a distinct value, byte for byte, with all rows that hold it. */
@ExtendWith(MariaDbSchemas.class)
class KeylessTablesIT {
    private static final String VARCHAR = "image VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci";

    @ParameterizedTest
    @ValueSource(
            strings = {
                VARCHAR,
                VARCHAR + ", KEY by_image (image)",
                "image VARCHAR(100) PRIMARY KEY",
                "image TEXT CHARACTER SET latin1",
                "image VARBINARY(200)",
                "image VARCHAR(1500) CHARACTER SET utf8mb4",
            })
    void allRowsWithAValueAreMigratedTogether(String columns, AppSchema schema) {
        boolean unique = columns.contains("PRIMARY");
        schema.execute("CREATE TABLE t (" + columns + ")");
        schema.execute("INSERT INTO t VALUES ('legacy/a'), ('legacy/b'), ('other/c'), ('legacyX/d')");
        if (!unique) {
            schema.execute("INSERT INTO t VALUES ('legacy/a'), ('legacy/a'), (NULL)");
        }

        try (PreparedCatalog catalog = schema.migration().inWindowsOf(10).prepared()) {
            assertThat(catalog.isKeyless()).isTrue();
            assertThat(catalog.walk().count()).containsExactly(2, 0);
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(2));
            assertThat(catalog.walk().records(1)).isEmpty();
        }
        assertThat(schema.column("SELECT image FROM t WHERE image LIKE 'new/%' ORDER BY image"))
                .isEqualTo(unique ? List.of("new/a", "new/b") : List.of("new/a", "new/a", "new/a", "new/b"));
        assertThat(schema.value("SELECT COUNT(*) FROM t WHERE image IN ('other/c', 'legacyX/d')"))
                .isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1_000})
    void valuesThatDifferOnlyInBytesAreSeparateRecords(int window, AppSchema schema) {
        schema.execute("CREATE TABLE t (" + VARCHAR + ")");
        schema.execute("INSERT INTO t VALUES ('legacy/a'), ('legacy/A'), ('legacy/ä'), ('legacy/a '), ('LEGACY/a')");

        try (PreparedCatalog catalog = schema.migration().inWindowsOf(window).prepared()) {
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(4));
        }
        assertThat(schema.column("SELECT image FROM t"))
                .containsExactlyInAnyOrder("new/a", "new/A", "new/ä", "new/a ", "LEGACY/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy/A", "legacy/a ", "else/where"})
    void valueThatTheApplicationChangedIsLeftAlone(String written, AppSchema schema) {
        schema.execute("CREATE TABLE t (" + VARCHAR + ")");
        schema.execute("INSERT INTO t VALUES ('legacy/a'), ('legacy/b')");

        try (PreparedCatalog catalog = schema.migration().prepared()) {
            Batch batch = catalog.copied();
            schema.execute("UPDATE t SET image = ? WHERE image = 'legacy/a'", written);

            assertThat(catalog.apply(batch))
                    .isEqualTo(RecordTotals.NONE.withMigrated(1).withChanged(1));
        }
        assertThat(schema.column("SELECT image FROM t")).containsExactlyInAnyOrder(written, "new/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {VARCHAR, "image TEXT"})
    void nextScanReturnsTheFailureCode(String columns, AppSchema schema) {
        schema.execute("CREATE TABLE t (" + columns + ")");
        schema.execute("INSERT INTO t VALUES ('legacy/a'), ('legacy/b')");

        try (PreparedCatalog catalog = schema.migration().prepared()) {
            Batch batch = catalog.batch();
            catalog.outcomes().record(batch, List.of(new FailedRecord(0, FailureCode.NOT_FOUND, "gone")));
            catalog.catalog().batches().recordDeadLetter(batch.id());

            assertThat(catalog.walk().pass(1))
                    .extracting(ScannedRecord::failure)
                    .map(failure -> failure.orElse("-"))
                    .containsExactly("NOT_FOUND", "-");
        }
    }
}
