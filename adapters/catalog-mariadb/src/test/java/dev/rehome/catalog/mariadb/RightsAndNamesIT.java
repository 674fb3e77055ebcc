package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.catalog.RecordTotals;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The five rights that are promised to us suffice, and names may hold any character. */
@ExtendWith(MariaDbSchemas.class)
class RightsAndNamesIT {
    private static final String PASSWORD = "p'a\\s\"s w\u00f6rd";

    @Test
    void theFivePromisedRightsSuffice(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/a')");
        String user = user(schema, "SELECT, CREATE, DROP, INSERT, UPDATE", SqlFragment.name(schema.name()) + ".*");
        try (PreparedCatalog catalog = schema.migration().as(user, PASSWORD).prepared()) {
            assertThat(catalog.catalog().inspect().findings())
                    .extracting(PreflightFinding::severity)
                    .containsOnly(Severity.INFO);
            assertThat(catalog.catalog().inspect().findings())
                    .anySatisfy(found -> assertThat(found.text()).contains("TRIGGER right"));
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(1));
            assertThat(catalog.catalog().load().read().runningStatements()).isPositive();
            catalog.catalog().runs().complete(1, "done");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT|SELECT, CREATE, INSERT, UPDATE|lacks the UPDATE right on",
                "INSERT, UPDATE|SELECT, CREATE, INSERT, UPDATE|lacks the SELECT right on",
                "SELECT, UPDATE|CREATE, INSERT, UPDATE|lacks the SELECT right on",
                "SELECT, UPDATE|SELECT, INSERT, UPDATE|lacks the CREATE right on",
                "SELECT, UPDATE|SELECT, CREATE, UPDATE|lacks the INSERT right on",
                "SELECT, UPDATE|SELECT, CREATE, INSERT|lacks the UPDATE right on"
            })
    void missingRightIsNamedByThePreflight(
            String onTable, String onMapping, String found, AppSchema schema, AppSchema ours) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        String user = user(schema, onTable, SqlFragment.name(schema.name()) + ".t");
        schema.execute("GRANT " + onMapping + " ON " + SqlFragment.name(ours.name()) + ".* TO " + SqlFragment.name(user)
                + "@'%'");
        TestMigration migration = schema.migration().as(user, PASSWORD).mappedIn(new TableName(ours.name(), "map"));
        assertThat(migration.refusals()).singleElement().asString().contains(found);
        assertThat(ours.column("SHOW TABLES")).isEmpty();
    }

    @Test
    void rightsOfARoleCount(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        String role = SqlFragment.name(schema.name() + " role").toString();
        String user = user(schema, "USAGE", "*.*");
        schema.execute("CREATE ROLE " + role);
        schema.execute(
                "GRANT SELECT, CREATE, DROP, INSERT, UPDATE ON " + SqlFragment.name(schema.name()) + ".* TO " + role);
        schema.execute("GRANT " + role + " TO " + SqlFragment.name(user) + "@'%'");
        schema.execute("SET DEFAULT ROLE " + role + " FOR " + SqlFragment.name(user) + "@'%'");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/a')");
        try (PreparedCatalog catalog = schema.migration().as(user, PASSWORD).prepared()) {
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(1));
        }
    }

    @Test
    void wrongPasswordIsRejected(AppSchema schema) {
        String user = user(schema, "SELECT", SqlFragment.name(schema.name()) + ".*");
        try (MariaDbCatalog catalog = schema.migration().as(user, "wrong").catalog()) {
            assertThatThrownBy(catalog::inspect).isInstanceOf(Rejected.class).hasMessageContaining("Access denied");
        }
    }

    private static String user(AppSchema schema, String rights, String where) {
        String user = schema.name();
        schema.execute("CREATE USER " + SqlFragment.name(user) + "@'%' IDENTIFIED BY ?", PASSWORD);
        schema.execute("GRANT " + rights + " ON " + where + " TO " + SqlFragment.name(user) + "@'%'");
        return user;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "two words",
                "back`tick",
                "'single'",
                "\"double\"",
                "select",
                "b\u00fccher",
                "a.b",
                "?",
                "-- x"
            })
    void identifiersMayContainAnyCharacter(String name, AppSchema schema) {
        schema.execute("CREATE TABLE " + SqlFragment.name(name) + " (" + SqlFragment.name("key " + name) + " INT, "
                + SqlFragment.name(name) + " VARCHAR(50), at TIMESTAMP, PRIMARY KEY (" + SqlFragment.name("key " + name)
                + "))");
        schema.execute("INSERT INTO " + SqlFragment.name(name) + " VALUES (1, 'legacy/a', now())");
        TestMigration migration =
                schema.migration().of(name, name).mappedIn(new TableName(schema.name(), "map of " + name));
        try (PreparedCatalog catalog = migration.prepared()) {
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(1));
            assertThat(schema.value("SELECT " + SqlFragment.name(name) + " FROM " + SqlFragment.name(name)))
                    .isEqualTo("new/a");
        }
    }

    @Test
    void mappingTableMayBeInAnotherSchema(AppSchema schema, AppSchema ours) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/a')");
        TableName mapping = new TableName(ours.name(), "map");
        try (PreparedCatalog catalog = schema.migration().mappedIn(mapping).prepared()) {
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(1));
        }
        assertThat(schema.column("SHOW TABLES")).containsExactly("t");
        assertThat(ours.column("SHOW TABLES"))
                .containsExactlyInAnyOrder(
                        "map",
                        "map_batch",
                        "map_beat",
                        "map_control",
                        "map_in_use",
                        "map_requeue",
                        "map_rollback",
                        "map_run");
    }

    @Test
    void schemaNamesMayContainAnyCharacter(AppSchema schema) {
        AppSchema odd = new AppSchema(schema.server(), schema.name() + " `o'dd\".n\u00e4me`");
        try (odd) {
            odd.execute("CREATE TABLE t (ID INT PRIMARY KEY, Image VARCHAR(50))");
            odd.execute("INSERT INTO t VALUES (1, 'legacy/a')");
            try (PreparedCatalog catalog = odd.migration().prepared()) {
                assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(1));
            }
        } catch (java.sql.SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void migrationsOfOneTableHaveSeparateLocks(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50), thumb VARCHAR(50))");
        TestMigration thumbs = schema.migration().of("t", "thumb").mappedIn(new TableName(schema.name(), "thumb_map"));
        try (PreparedCatalog images = schema.migration().prepared();
                PreparedCatalog others = thumbs.prepared()) {
            assertThat(List.of(
                            images.catalog().lock().acquire(Duration.ZERO),
                            others.catalog().lock().acquire(Duration.ZERO)))
                    .containsOnly(true);
        }
    }
}
