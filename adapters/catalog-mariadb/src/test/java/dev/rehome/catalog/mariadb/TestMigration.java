package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.catalog.mariadb.sql.MariaDbSettings;
import dev.rehome.catalog.mariadb.sql.MariaDbSettings.Tls;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.PasswordSource;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.settings.Secret;
import java.util.Optional;

/** The settings of one migration in a test, with short ways to vary them. */
record TestMigration(
        AppSchema schema,
        String user,
        String password,
        TableName table,
        String column,
        TableName mapping,
        TargetKeyRule keys,
        SideEffectPolicy policy,
        int window) {

    static TestMigration in(AppSchema schema) {
        return new TestMigration(
                schema,
                schema.server().rootUser(),
                schema.server().rootPassword(),
                new TableName(schema.name(), "t"),
                "image",
                new TableName(schema.name(), "rehome_map"),
                new TargetKeyRule("legacy", "new", KeyLayout.PREFIX),
                SideEffectPolicy.NONE,
                1_000);
    }

    TestMigration of(String newTable, String newColumn) {
        return new TestMigration(
                schema,
                user,
                password,
                new TableName(schema.name(), newTable),
                newColumn,
                mapping,
                keys,
                policy,
                window);
    }

    TestMigration as(String newUser, String newPassword) {
        return new TestMigration(schema, newUser, newPassword, table, column, mapping, keys, policy, window);
    }

    TestMigration mappedIn(TableName newMapping) {
        return new TestMigration(schema, user, password, table, column, newMapping, keys, policy, window);
    }

    TestMigration moving(String legacy, String target) {
        return new TestMigration(
                schema,
                user,
                password,
                table,
                column,
                mapping,
                new TargetKeyRule(legacy, target, KeyLayout.PREFIX),
                policy,
                window);
    }

    TestMigration laidOut(TargetKeyRule newKeys) {
        return new TestMigration(schema, user, password, table, column, mapping, newKeys, policy, window);
    }

    TestMigration accepting(SideEffectPolicy newPolicy) {
        return new TestMigration(schema, user, password, table, column, mapping, keys, newPolicy, window);
    }

    TestMigration inWindowsOf(int rows) {
        return new TestMigration(schema, user, password, table, column, mapping, keys, policy, rows);
    }

    /** The catalog, not connected yet. */
    MariaDbCatalog catalog() {
        return catalog(Selection.PREFIX);
    }

    /** The catalog with a way to choose its rows. */
    MariaDbCatalog catalog(Selection selection) {
        MariaDbSettings settings = new MariaDbSettings(
                "127.0.0.1",
                schema.server().port(),
                user,
                new Secret(password),
                Tls.DISABLE,
                Optional.empty(),
                table,
                column,
                mapping,
                window);
        MigrationSettings migration = new MigrationSettings("old", "new", keys, "test");
        PasswordSource secret = PasswordSource.fixed(settings.password());
        return new MariaDbCatalog(settings, migration, policy, selection, secret, 2);
    }

    /** The catalog with its mapping table made, run 1 begun and the lock held. */
    PreparedCatalog prepared() {
        return new PreparedCatalog(catalog(), keys);
    }
}
