package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each finding of the preflight has its severity and says what to do. */
@ExtendWith(MariaDbSchemas.class)
class PreflightIT {
    private static final String PLAIN = "CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))";

    /** Statements that make a table, and what must be found. */
    record Case(Severity severity, String text, List<String> statements) {
        @Override
        public String toString() {
            return severity + " " + text;
        }
    }

    private static Case refused(String text, String... statements) {
        return new Case(Severity.REFUSED, text, List.of(statements));
    }

    private static Case table(Severity severity, String text, String definition) {
        return new Case(severity, text, List.of("CREATE TABLE t (" + definition + ")"));
    }

    private static Case badKey(String definition) {
        return table(Severity.WARNING, "no unique index", definition);
    }

    static Stream<Case> findings() {
        return Stream.of(
                refused("doesn't exist, or DB_USER may not read it"),
                refused("[id, picture]", "CREATE TABLE t (id INT PRIMARY KEY, picture VARCHAR(50))"),
                table(Severity.REFUSED, "of type int", "id INT PRIMARY KEY, image INT"),
                table(Severity.REFUSED, "of type binary", "id INT PRIMARY KEY, image BINARY(50)"),
                table(Severity.REFUSED, "of type enum", "id INT PRIMARY KEY, image ENUM('legacy/a', 'b')"),
                table(Severity.REFUSED, "of type JSON", "id INT PRIMARY KEY, image JSON"),
                table(Severity.REFUSED, "of type set", "id INT PRIMARY KEY, image SET('legacy/a', 'b')"),
                table(Severity.REFUSED, "of type uuid", "id INT PRIMARY KEY, image UUID"),
                table(Severity.REFUSED, "generated", "id INT PRIMARY KEY, n INT, image VARCHAR(9) AS (n) STORED"),
                table(Severity.REFUSED, "no room", "id INT PRIMARY KEY, image VARCHAR(4)"),
                badKey("id INT, image VARCHAR(50), KEY (id)"),
                badKey("id INT, image VARCHAR(50), UNIQUE KEY (id)"),
                badKey("id INT, image VARCHAR(50), PRIMARY KEY (id, image)"),
                badKey("image VARCHAR(50) PRIMARY KEY"),
                badKey("id FLOAT PRIMARY KEY, image VARCHAR(50)"),
                badKey("id ENUM('b', 'a') PRIMARY KEY, image VARCHAR(50)"),
                badKey("id BIT(8) PRIMARY KEY, image VARCHAR(50)"),
                badKey("id TEXT NOT NULL, image VARCHAR(50), UNIQUE KEY (id)"),
                badKey("id VARCHAR(50) NOT NULL, image VARCHAR(50), UNIQUE KEY (id(10))"),
                badKey("a INT, b INT, c INT, d INT, e INT, image VARCHAR(50), PRIMARY KEY (a, b, c, d, e)"),
                refused("[fires]", PLAIN, "CREATE TRIGGER fires AFTER UPDATE ON t FOR EACH ROW SET @a = 1"),
                table(
                        Severity.REFUSED,
                        "ON_UPDATE_TIMESTAMPS",
                        "id INT PRIMARY KEY, image VARCHAR(50), at TIMESTAMP DEFAULT NOW() ON UPDATE NOW()"),
                refused(
                        "Foreign keys bind",
                        "CREATE TABLE other (image VARCHAR(50) PRIMARY KEY)",
                        "CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50) REFERENCES other (image))"),
                refused(
                        "Foreign keys bind",
                        "CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50), KEY (image))",
                        "CREATE TABLE other (image VARCHAR(50) REFERENCES t (image))"),
                refused(
                        "is a view",
                        "CREATE TABLE b (id INT PRIMARY KEY, image TEXT)",
                        "CREATE VIEW t AS SELECT * FROM b"),
                refused("no transactions", PLAIN + " ENGINE=MyISAM"),
                refused("no transactions", PLAIN + " ENGINE=MEMORY"),
                refused("not a mapping table of Rehome", PLAIN, "CREATE TABLE rehome_map (k1 INT)"),
                refused("not a mapping table of Rehome", PLAIN, "CREATE TABLE rehome_map_run (n INT)"),
                refused("not a mapping table of Rehome", PLAIN, "CREATE TABLE rehome_map_batch (batch_id INT)"),
                refused("not a mapping table of Rehome", PLAIN, "CREATE VIEW rehome_map AS SELECT 1 AS k1"),
                table(
                        Severity.WARNING,
                        "[one_image]",
                        "id INT PRIMARY KEY, image VARCHAR(50), UNIQUE one_image (image)"),
                new Case(Severity.WARNING, "history", List.of(PLAIN + " WITH SYSTEM VERSIONING")),
                table(
                        Severity.INFO,
                        "[upper_image]",
                        "id INT PRIMARY KEY, image TEXT, upper_image TEXT AS (UPPER(image))"),
                new Case(Severity.INFO, "MariaDB 1", List.of(PLAIN)));
    }

    @ParameterizedTest
    @MethodSource("findings")
    void findingIsReported(Case what, AppSchema schema) {
        what.statements().forEach(schema::execute);
        assertThat(schema.migration().inspection().findings()).anySatisfy(found -> {
            assertThat(found.severity()).isEqualTo(what.severity());
            assertThat(found.text()).contains(what.text());
        });
    }

    @Test
    void ordinaryTableIsAccepted(AppSchema schema) {
        schema.execute(PLAIN);
        Inspection inspection = schema.migration().inspection();
        assertThat(inspection.findings()).extracting(PreflightFinding::severity).containsOnly(Severity.INFO);
        assertThat(inspection.table()).isPresent();
    }

    @Test
    void preflightChangesNothing(AppSchema schema) {
        schema.execute(PLAIN);
        schema.migration().inspection();
        assertThat(schema.column("SHOW TABLES")).containsExactly("t");
    }

    @Test
    void allFindingsAreReportedTogether(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT, image INT, at DATETIME ON UPDATE NOW()) ENGINE=MyISAM");
        assertThat(schema.migration().refusals()).hasSize(3);
    }

    @Test
    void prefixesOutsideTheCharacterSetAreRefused(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50) CHARACTER SET latin1)");
        assertThat(schema.migration().moving("\u0430", "\u0431").refusals())
                .anySatisfy(text -> assertThat(text).contains("TARGET_OBJECT_PREFIX"))
                .anySatisfy(text -> assertThat(text).contains("LEGACY_S3_OBJECT_PREFIX"));
    }

    @Test
    void legacyPrefixInsideTargetPrefixIsWarnedOf(AppSchema schema) {
        schema.execute(PLAIN);
        assertThat(schema.migration().moving("legacy/a", "legacy").findings(Severity.WARNING))
                .singleElement()
                .asString()
                .contains("'legacy/a/a/'");
    }

    @ParameterizedTest
    @CsvSource({
        "read_only, 1, set DATABASE_HOST to the primary",
        "max_allowed_packet, 32768, raise it on the server",
        "enforce_storage_engine, Aria, the mapping table must be InnoDB"
    })
    void unsuitableServerVariablesAreRefused(String variable, String value, String found, AppSchema schema) {
        schema.execute(PLAIN);
        String usual = schema.value("SELECT COALESCE(QUOTE(@@global." + variable + "), 'DEFAULT')")
                .replace("'", "");
        schema.execute("SET GLOBAL " + variable + " = " + value);
        try {
            assertThat(schema.migration().refusals()).singleElement().asString().contains(found);
        } finally {
            schema.execute("SET GLOBAL " + variable + " = " + usual);
        }
    }

    @Test
    void fewConnectionsPerUserAreWarnedOf(AppSchema schema) {
        schema.execute(PLAIN);
        String user = "'" + schema.name() + "'@'%'";
        schema.execute("CREATE USER " + user + " IDENTIFIED BY 'any' WITH MAX_USER_CONNECTIONS 6");
        schema.execute("GRANT ALL ON *.* TO " + user);
        assertThat(schema.migration().as(schema.name(), "any").findings(Severity.WARNING))
                .singleElement()
                .asString()
                .contains("may open 6 connections at a time");
    }

    @Test
    void tableNamesAreMatchedExactly(AppSchema schema) {
        schema.execute("CREATE TABLE T (id INT PRIMARY KEY, image INT)");
        schema.execute("CREATE TABLE `b\u00fccher` (id INT PRIMARY KEY, image INT)");
        for (String name : List.of("t", "bucher")) {
            assertThat(schema.migration().of(name, "image").refusals())
                    .singleElement()
                    .asString()
                    .contains("doesn't exist, or DB_USER may not read it");
        }
        schema.execute(PLAIN);
        assertThat(schema.migration().refusals()).isEmpty();
    }
}
