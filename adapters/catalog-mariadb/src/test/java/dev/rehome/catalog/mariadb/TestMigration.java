package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.catalog.mariadb.sql.MariaDbSettings;
import dev.rehome.catalog.mariadb.sql.MariaDbSettings.Tls;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.Inspection;
import dev.rehome.common.catalog.PasswordSource;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.settings.Secret;
import java.util.List;
import java.util.Optional;

/** The settings of one migration in a test, with short ways to vary them. */
record TestMigration(
        AppSchema schema, Login login, Reference reference, TargetKeyRule keys, SideEffectPolicy policy, int window) {
    /** The database's user. */
    record Login(String user, String password) {}

    /** The column that is migrated, and the mapping table. */
    record Reference(TableName table, String column, TableName mapping) {}

    static TestMigration in(AppSchema schema) {
        return new TestMigration(
                schema,
                new Login(schema.server().rootUser(), schema.server().rootPassword()),
                new Reference(new TableName(schema.name(), "t"), "image", new TableName(schema.name(), "rehome_map")),
                new TargetKeyRule("legacy", "new", KeyLayout.PREFIX),
                SideEffectPolicy.NONE,
                1_000);
    }

    TestMigration of(String table, String column) {
        return with(new Reference(new TableName(schema.name(), table), column, reference.mapping()));
    }

    TestMigration mappedIn(TableName mapping) {
        return with(new Reference(reference.table(), reference.column(), mapping));
    }

    private TestMigration with(Reference newReference) {
        return new TestMigration(schema, login, newReference, keys, policy, window);
    }

    TestMigration as(String user, String password) {
        return new TestMigration(schema, new Login(user, password), reference, keys, policy, window);
    }

    TestMigration moving(String legacy, String target) {
        return laidOut(new TargetKeyRule(legacy, target, KeyLayout.PREFIX));
    }

    TestMigration laidOut(TargetKeyRule newKeys) {
        return new TestMigration(schema, login, reference, newKeys, policy, window);
    }

    TestMigration accepting(SideEffectPolicy newPolicy) {
        return new TestMigration(schema, login, reference, keys, newPolicy, window);
    }

    TestMigration acceptingTriggers() {
        return accepting(new SideEffectPolicy(true, SideEffectPolicy.Timestamps.ASK));
    }

    TestMigration inWindowsOf(int rows) {
        return new TestMigration(schema, login, reference, keys, policy, rows);
    }

    /** The catalog, not connected yet. */
    MariaDbCatalog catalog() {
        return catalog(Selection.PREFIX);
    }

    /** The catalog with a way to choose its rows. */
    MariaDbCatalog catalog(Selection selection) {
        MariaDbSettings.Server server = new MariaDbSettings.Server(
                "127.0.0.1",
                schema.server().port(),
                login.user(),
                new Secret(login.password()),
                Tls.DISABLE,
                Optional.empty());
        MariaDbSettings settings =
                new MariaDbSettings(server, reference.table(), reference.column(), reference.mapping(), window);
        MigrationSettings migration = new MigrationSettings("old", "new", keys, "test");
        PasswordSource secret = PasswordSource.fixed(settings.password());
        return new MariaDbCatalog(settings, migration, policy, selection, secret, 2);
    }

    /** The result of the preflight. */
    Inspection inspection() {
        try (MariaDbCatalog catalog = catalog()) {
            return catalog.inspect();
        }
    }

    /** The texts of the preflight's findings of this severity. */
    List<String> findings(Severity severity) {
        return inspection().findings().stream()
                .filter(found -> found.severity() == severity)
                .map(PreflightFinding::text)
                .toList();
    }

    /** Why the preflight refuses this migration. */
    List<String> refusals() {
        return findings(Severity.REFUSED);
    }

    /** The catalog with its mapping table made, run 1 begun and the lock held. */
    PreparedCatalog prepared() {
        return new PreparedCatalog(catalog(), keys);
    }
}
