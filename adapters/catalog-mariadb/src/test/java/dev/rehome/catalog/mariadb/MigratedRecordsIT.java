package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.MappingRowId;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecord.Reference;
import dev.rehome.common.catalog.MigratedRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrated records are read back together with the present values of their rows. */
@ExtendWith(MariaDbSchemas.class)
class MigratedRecordsIT {
    private static final String TABLE = "CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))";

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 1_000})
    void everyMigratedRecordIsReturnedOnceWithTheValueOfItsRow(int window, AppSchema schema) {
        schema.execute(TABLE);
        schema.execute("INSERT INTO t SELECT seq, CONCAT('legacy/', seq) FROM seq_1_to_25");
        try (PreparedCatalog catalog = schema.migration().inWindowsOf(window).prepared()) {
            assertThat(catalog.migrate().migrated()).isEqualTo(25);
            schema.execute("UPDATE t SET image = 'NEW/7' WHERE id = 7");
            schema.execute("UPDATE t SET image = NULL WHERE id = 8");
            schema.execute("UPDATE t SET image = 'legacy/9' WHERE id = 9");
            schema.execute("DELETE FROM t WHERE id = 20");

            MigratedRecords migrated = catalog.catalog().migrated();
            assertThat(migrated.count()).isEqualTo(25);
            List<MigratedRecord> all = all(migrated);
            assertThat(all)
                    .extracting(MigratedRecord::newLocation)
                    .doesNotHaveDuplicates()
                    .hasSize(25);
            assertThat(all).allSatisfy(record -> {
                assertThat(record.oldLocation()).isEqualTo("legacy/" + record.rowKey());
                assertThat(record.newLocation()).isEqualTo("new/" + record.rowKey());
                assertThat(record.proof()).isNotEmpty();
                assertThat(record.reference()).isEqualTo(expected(record));
                assertThat(record.current())
                        .isEqualTo(record.rowKey().toString().equals("7") ? Optional.of("NEW/7") : Optional.empty());
                assertThat(migrated.reread(record)).isEqualTo(record);
            });
        }
    }

    private static Reference expected(MigratedRecord record) {
        return switch (record.rowKey().toString()) {
            case "7", "8" -> Reference.CHANGED;
            case "9" -> Reference.REVERTED;
            case "20" -> Reference.DELETED;
            default -> Reference.HELD;
        };
    }

    @Test
    void recordThatWasMigratedTwiceCountsAsTheLastTime(AppSchema schema) {
        schema.execute(TABLE);
        schema.execute("INSERT INTO t VALUES (1, 'legacy/1'), (2, 'legacy/2')");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            catalog.migrate();
            schema.execute("UPDATE t SET image = 'legacy/else' WHERE id = 1");
            List<SourceRecord> again = catalog.walk().records(1);
            Batch second = new Batch(TestBatches.id(2), catalog.run(), again);
            catalog.outcomes().record(second, TestBatches.copied(second, catalog.keys()));
            assertThat(catalog.apply(second).migrated()).isEqualTo(1);

            assertThat(all(catalog.catalog().migrated()))
                    .extracting(MigratedRecord::newLocation)
                    .containsExactlyInAnyOrder("new/else", "new/2");
        }
    }

    @Test
    void newProofIsRecorded(AppSchema schema) {
        schema.execute(TABLE);
        schema.execute("INSERT INTO t VALUES (1, 'legacy/1')");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            catalog.migrate();
            MigratedRecords migrated = catalog.catalog().migrated();
            migrated.updateProof(all(migrated).get(0).id(), "another-2");
            assertThat(all(migrated)).extracting(MigratedRecord::proof).containsExactly("another-2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k1 VARCHAR(20), k2 BINARY(2), image VARCHAR(50), PRIMARY KEY (k1, k2)",
                "k1 VARCHAR(20), k2 BINARY(2), image VARBINARY(90), PRIMARY KEY (k1, k2)",
                "k1 VARCHAR(20), k2 BINARY(2), image VARCHAR(50) CHARACTER SET latin1 COLLATE latin1_swedish_ci"
            })
    void rowsAreFoundByWhateverKeyTheyHave(String columns, AppSchema schema) {
        schema.execute("CREATE TABLE t (" + columns + ")");
        schema.execute(
                "INSERT INTO t VALUES ('a', 'xx', 'legacy/ä'), ('b', 'yy', 'legacy/A'), ('c', 'zz', 'legacy/b')");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            assertThat(catalog.migrate().migrated()).isEqualTo(3);
            schema.execute("UPDATE t SET image = 'new/a' WHERE k1 = 'b'");

            assertThat(all(catalog.catalog().migrated()))
                    .filteredOn(record -> record.reference() == Reference.HELD)
                    .extracting(MigratedRecord::newLocation)
                    .containsExactlyInAnyOrder("new/ä", "new/b");
            if (columns.contains("PRIMARY KEY")) {
                assertThat(all(catalog.catalog().migrated()))
                        .filteredOn(record -> record.reference() == Reference.CHANGED)
                        .extracting(record -> record.current().orElseThrow())
                        .containsExactly("new/a");
            }
        }
    }

    @Test
    void withoutAMappingTableThereIsNothingToRead(AppSchema schema) {
        schema.execute(TABLE);
        try (MariaDbCatalog catalog = schema.migration().catalog()) {
            assertThatThrownBy(catalog::migrated)
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("Mapping table")
                    .hasMessageContaining("doesn't exist")
                    .hasMessageContaining("TEMP_TABLE_FOR_UPDATE");
        }
    }

    @Test
    void mappingTableOfOtherSettingsIsRefused(AppSchema schema) {
        schema.execute(TABLE);
        schema.migration().prepared().close();
        try (MariaDbCatalog catalog =
                schema.migration().moving("legacy", "elsewhere").catalog()) {
            assertThatThrownBy(catalog::migrated).isInstanceOf(Rejected.class).hasMessageContaining("other settings");
        }
    }

    private static List<MigratedRecord> all(MigratedRecords migrated) {
        List<MigratedRecord> all = new ArrayList<>();
        Optional<MappingRowId> end = Optional.empty();
        do {
            MigratedRecords.Page page = migrated.page(end);
            all.addAll(page.records());
            end = page.end();
        } while (end.isPresent());
        return all;
    }
}
