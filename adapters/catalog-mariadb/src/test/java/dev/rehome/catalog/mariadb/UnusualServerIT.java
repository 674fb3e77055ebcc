package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.catalog.RecordTotals;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalog is held to its contract on a server whose variables are all unusual at once. */
@UnusualServer.Required
class UnusualServerIT extends MariaDbCatalogIT {
    private final AppSchema schema;

    UnusualServerIT(AppSchema schema) {
        super(schema);
        this.schema = schema;
    }

    @ParameterizedTest
    @ValueSource(strings = {"id INT PRIMARY KEY", "id INT"})
    void everyRowIsMigratedDespiteUnusualVariables(String id) {
        schema.execute("CREATE TABLE Odd (" + id + ", image VARCHAR(600), at TIMESTAMP DEFAULT '2001-01-01'"
                + " ON UPDATE NOW()) WITH SYSTEM VERSIONING");
        String path = "legacy/" + "x".repeat(400);
        schema.execute("INSERT INTO Odd (id, image) SELECT seq, CONCAT(?, seq) FROM seq_1_to_50", path);
        TestMigration migration = schema.migration()
                .of("Odd", "image")
                .mappedIn(new TableName(schema.name(), "Odd_Map"))
                .accepting(new SideEffectPolicy(false, SideEffectPolicy.Timestamps.KEEP))
                .inWindowsOf(10);
        try (PreparedCatalog catalog = migration.prepared()) {
            assertThat(catalog.walk().count()).containsExactly(50, 0);
            assertThat(catalog.walk().records(1)).hasSize(50);
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(50));
        }
        assertThat(schema.rows("SELECT COUNT(*), MIN(at), MAX(at) FROM Odd WHERE image LIKE 'new/%'"))
                .containsExactly(List.of("50", "2001-01-01 00:00:00", "2001-01-01 00:00:00"));
    }

    @Test
    void outcomesThatExceedOnePacketAreRecorded() {
        schema.execute("CREATE TABLE big (id INT PRIMARY KEY, image VARCHAR(1000))");
        String path = "legacy/" + "'\\".repeat(400);
        schema.execute("INSERT INTO big SELECT seq, CONCAT(?, seq) FROM seq_1_to_500", path);
        TestMigration migration =
                schema.migration().of("big", "image").mappedIn(new TableName(schema.name(), "big_map"));
        try (PreparedCatalog catalog = migration.prepared()) {
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(500));
        }
    }

    @Test
    void preflightNamesWhatItCouldNotCheck() {
        try (MariaDbCatalog catalog = schema.migration().catalog()) {
            assertThat(catalog.inspect().findings())
                    .anySatisfy(found -> assertThat(found.text()).contains("max_prepared_stmt_count"));
        }
    }
}
