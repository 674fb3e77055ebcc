package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.catalog.RecordTotals;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables with unusual definitions are migrated like any other. */
@ExtendWith(MariaDbSchemas.class)
class TableDefinitionsIT {
    private static final String IMAGE = "image VARCHAR(60)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(id INT PRIMARY KEY, " + IMAGE + ") PARTITION BY HASH (id) PARTITIONS 3",
                "(id INT, y INT DEFAULT 1, " + IMAGE + ", PRIMARY KEY (y, id)) PARTITION BY RANGE (y)"
                        + " (PARTITION a VALUES LESS THAN (2), PARTITION b VALUES LESS THAN MAXVALUE)",
                "(id INT, y INT, " + IMAGE + ", KEY (id)) PARTITION BY KEY (image)",
                "(id INT PRIMARY KEY, " + IMAGE + ") WITH SYSTEM VERSIONING",
                "(id INT PRIMARY KEY, " + IMAGE + ", a TIMESTAMP(6) GENERATED ALWAYS AS ROW START,"
                        + " b TIMESTAMP(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (a, b))"
                        + " WITH SYSTEM VERSIONING",
                "(id INT PRIMARY KEY, " + IMAGE + " WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING",
                "(id INT, " + IMAGE + ", a DATE DEFAULT '2024-01-01', b DATE DEFAULT '2024-01-02', PERIOD FOR p (a, b),"
                        + " PRIMARY KEY (id, p WITHOUT OVERLAPS))",
                "(id INT PRIMARY KEY DEFAULT 7 INVISIBLE, y INT, " + IMAGE + ")",
                "(id INT PRIMARY KEY, " + IMAGE + " INVISIBLE)",
                "(id INT, " + IMAGE + ", PRIMARY KEY (id DESC))",
                "(id INT, a INT DEFAULT 1, b INT DEFAULT 1, c INT DEFAULT 1, d INT DEFAULT 1, " + IMAGE
                        + ", PRIMARY KEY (a, b, c, d, id))",
                "(id INT, u INT, " + IMAGE + ", UNIQUE KEY (u))",
                "(id INT PRIMARY KEY, " + IMAGE + ") ROW_FORMAT=COMPRESSED",
                "(id INT PRIMARY KEY, " + IMAGE + ", up VARCHAR(60) AS (UPPER(image)) PERSISTENT, UNIQUE KEY (up))",
                "(id INT PRIMARY KEY, " + IMAGE + ", FULLTEXT KEY (image))",
                "(id INT PRIMARY KEY, " + IMAGE + " CHECK (image LIKE '%/%'))",
                "(id INT PRIMARY KEY, " + IMAGE + ") PAGE_COMPRESSED=1",
                "(id VARCHAR(700) CHARACTER SET utf8mb4 PRIMARY KEY, " + IMAGE + ")",
                "(id INT PRIMARY KEY, `Image` VARCHAR(60))",
                "(id INT PRIMARY KEY, image VARCHAR(16000))"
            })
    void everyLegacyRowIsMigrated(String definition, AppSchema schema) {
        schema.execute("CREATE TABLE t " + definition);
        schema.execute("INSERT INTO t (id, image) VALUES (1, 'legacy/a'), (2, 'legacy/b'), (3, 'other/c')");
        assertThat(schema.migration().refusals()).isEmpty();
        try (PreparedCatalog catalog = schema.migration().inWindowsOf(1).prepared()) {
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(2));
            assertThat(catalog.walk().records(1)).isEmpty();
        }
        assertThat(schema.column("SELECT image FROM t ORDER BY image")).containsExactly("new/a", "new/b", "other/c");
    }
}
