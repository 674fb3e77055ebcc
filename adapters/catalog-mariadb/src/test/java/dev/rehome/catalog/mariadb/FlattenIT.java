package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code KEY_LAYOUT=flatten} is refused if two legacy keys would get the same new key. */
@ExtendWith(MariaDbSchemas.class)
class FlattenIT {
    @Test
    void keysWithOneTargetAreRefusedAndListed(AppSchema schema) {
        fill(schema, "legacy/1/a.png", "legacy/2/a.png", "legacy/3/b.png", "other/4/b.png");

        assertThat(refusals(schema))
                .singleElement()
                .asString()
                .contains("'legacy/1/a.png' and 'legacy/2/a.png'")
                .doesNotContain("b.png");
    }

    @Test
    void sameKeyInManyRowsDoesNotCollide(AppSchema schema) {
        fill(schema, "legacy/1/a.png", "legacy/1/a.png", "legacy/2/A.png", "legacy/2/a.png ");

        assertThat(refusals(schema)).isEmpty();
    }

    @Test
    void collisionsAreFoundAcrossWindowsAndWithoutAKey(AppSchema schema) {
        fill(schema, "legacy/1/a.png", "legacy/b.png", "legacy/c.png", "legacy/2/a.png");
        assertThat(refusals(schema)).hasSize(1);

        schema.execute("ALTER TABLE t MODIFY id INT, DROP PRIMARY KEY");
        assertThat(refusals(schema)).hasSize(1);
    }

    /** A restarted producer must not refuse what its run would have reported record by record. */
    @Test
    void collisionsDuringARunAreOnlyWarnedOf(AppSchema schema) {
        fill(schema, "legacy/1/a.png");
        try (MariaDbCatalog catalog = flattened(schema).catalog()) {
            catalog.inspect().table().orElseThrow().prepare();
            catalog.runs().startOrResume(Optional.empty());
            schema.execute("INSERT INTO t (image) VALUES ('legacy/2/a.png')");
            assertThat(catalog.inspect().findings())
                    .filteredOn(finding -> finding.text().contains("'legacy/1/a.png' and 'legacy/2/a.png'"))
                    .extracting(PreflightFinding::severity)
                    .containsExactly(Severity.WARNING);
        }
    }

    private static void fill(AppSchema schema, String... values) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, image VARCHAR(100))");
        for (String value : values) {
            schema.execute("INSERT INTO t (image) VALUES (?)", value);
        }
    }

    private static List<String> refusals(AppSchema schema) {
        return flattened(schema).inWindowsOf(2).refusals();
    }

    private static TestMigration flattened(AppSchema schema) {
        return schema.migration().laidOut(new TargetKeyRule("legacy", "new", KeyLayout.FLATTEN));
    }
}
