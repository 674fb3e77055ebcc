package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.common.catalog.RecordTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The undo procedure of docs/OPERATING.md, as it is written there. */
@ExtendWith(MariaDbSchemas.class)
class UndoIT {
    private static final Path DOCUMENT = Path.of("../../docs/OPERATING.md");

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
    void documentedUndoRestoresWhatWasMigratedAndNothingElse(String type, AppSchema schema) throws IOException {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image " + type
                + ", updated_at TIMESTAMP NOT NULL DEFAULT '2001-01-01' ON UPDATE CURRENT_TIMESTAMP)");
        schema.execute("INSERT INTO t (id, image) VALUES (1, 'legacy/A b'), (2, 'legacy/\u00e9'), (3, 'legacy/c'),"
                + " (4, 'other')");
        SideEffectPolicy keep = new SideEffectPolicy(false, SideEffectPolicy.Timestamps.KEEP);
        try (PreparedCatalog catalog = schema.migration().accepting(keep).prepared()) {
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(3));
        }
        schema.execute("UPDATE t SET image = 'NEW/c', updated_at = updated_at WHERE id = 3");

        schema.execute(undo());

        assertThat(schema.column("SELECT CONVERT(image USING utf8mb4) FROM t ORDER BY id"))
                .containsExactly("legacy/A b", "legacy/\u00e9", "NEW/c", "other");
        assertThat(schema.column("SELECT DISTINCT updated_at FROM t")).containsExactly("2001-01-01 00:00:00");
    }

    private static String undo() throws IOException {
        String text = Files.readString(DOCUMENT);
        int from = text.indexOf("BEGIN NOT ATOMIC");
        return text.substring(from, text.indexOf(" //", from))
                .replace("rehome_mapping", "rehome_map")
                .replace("users t", "t")
                .replace("avatar_key", "image");
    }
}
