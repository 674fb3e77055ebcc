package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.Rejected;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.catalog.RecordTotals;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which table may serve as the mapping table; any other is refused before anything changes. */
@ExtendWith(MariaDbSchemas.class)
class MappingTableIT {
    private static final String PLAIN = "CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))";

    @Test
    void aNameWithoutRoomForItsEndingIsRefused(AppSchema schema) {
        schema.execute(PLAIN);
        assertThat(schema.migration()
                        .mappedIn(new TableName(schema.name(), "m".repeat(56)))
                        .refusals())
                .singleElement()
                .asString()
                .contains("longer than 55");
        schema.migration()
                .mappedIn(new TableName(schema.name(), "m".repeat(55)))
                .prepared()
                .close();
    }

    @Test
    void aMissingSchemaOfTheMappingTableIsRefused(AppSchema schema) {
        schema.execute(PLAIN);
        assertThat(schema.migration()
                        .mappedIn(new TableName("no such schema", "m"))
                        .refusals())
                .singleElement()
                .asString()
                .contains("Schema no such schema of the mapping table doesn't exist");
    }

    @Test
    void theTableItselfIsRefused(AppSchema schema) {
        schema.execute(PLAIN);
        assertThat(schema.migration()
                        .mappedIn(new TableName(schema.name(), "t"))
                        .refusals())
                .singleElement()
                .asString()
                .contains("not a mapping table of Rehome");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the key of|DROP PRIMARY KEY, ADD n INT NOT NULL DEFAULT 1, ADD PRIMARY KEY (id, n)",
                "the key of|MODIFY id BIGINT",
                "the key of|DROP PRIMARY KEY",
                "the column image is varchar(50) latin1|MODIFY image VARCHAR(50) CHARACTER SET latin1",
                "the column image is varchar(2000)|MODIFY image VARCHAR(2000)"
            })
    void aTableThatWasAlteredSinceIsRefused(String found, String change, AppSchema schema) {
        schema.execute(PLAIN);
        schema.migration().prepared().close();
        schema.execute("ALTER TABLE t " + change);
        assertThat(schema.migration().refusals()).singleElement().asString().contains(found, "another name");
    }

    @Test
    void aColumnThatWasWidenedAsAdvisedIsAccepted(AppSchema schema) {
        schema.execute(PLAIN);
        schema.migration().prepared().close();
        schema.execute("ALTER TABLE t MODIFY image VARCHAR(1024)");
        schema.execute("INSERT INTO t VALUES (1, ?)", "legacy/" + "x".repeat(900));
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(1));
        }
    }

    @Test
    void aMappingTableOfOtherSettingsIsRefused(AppSchema schema) {
        schema.execute(PLAIN);
        schema.migration().prepared().close();
        try (MariaDbCatalog same = schema.migration().catalog();
                MariaDbCatalog other =
                        schema.migration().moving("legacy", "elsewhere").catalog()) {
            same.inspect().table().orElseThrow().prepare();
            Inspection inspection = other.inspect();
            assertThat(inspection.findings())
                    .anySatisfy(found -> assertThat(found.text()).contains("created for other settings", "new=new/"));
            assertThatThrownBy(() -> inspection.table().orElseThrow().prepare()).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void aConsumerWithOtherSettingsIsRefusedOnceARunHasBegun(AppSchema schema) {
        schema.execute(PLAIN);
        try (MariaDbCatalog producer = schema.migration().catalog();
                MariaDbCatalog consumer = schema.migration().catalog();
                MariaDbCatalog stranger =
                        schema.migration().moving("legacy", "elsewhere").catalog()) {
            producer.inspect().table().orElseThrow().prepare();
            producer.runs().startOrResume(Optional.empty());
            assertThat(consumer.outcomes().recorded(TestBatches.id(1))).isEmpty();
            OutcomeLedger theirs = stranger.outcomes();
            assertThatThrownBy(() -> theirs.recorded(TestBatches.id(1)))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("created for other settings");
        }
    }

    @Test
    void aMappingTableOfAnEarlierReleaseIsRefusedWithTheColumnsThatItLacks(AppSchema schema) {
        schema.execute(PLAIN);
        schema.migration().prepared().close();
        schema.execute("ALTER TABLE rehome_map_run DROP COLUMN events_revision, DROP COLUMN end_sent");
        schema.execute("ALTER TABLE rehome_map DROP COLUMN size");

        assertThat(schema.migration().refusals())
                .singleElement()
                .asString()
                .contains("earlier release", "_run: events_revision, end_sent", ": size", "TEMP_TABLE_FOR_UPDATE");
    }

    @Test
    void aForeignTableIsNeverTakenForTheMappingTable(AppSchema schema) {
        schema.execute(PLAIN);
        schema.execute("CREATE TABLE theirs (k1 INT)");
        TestMigration migration = schema.migration().mappedIn(new TableName(schema.name(), "theirs"));
        try (MariaDbCatalog catalog = migration.catalog()) {
            assertThatThrownBy(() -> catalog.inspect().table().orElseThrow().prepare())
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("another name");
        }
    }
}
