package dev.rehome.consumer.data;

import dev.rehome.catalog.mariadb.MariaDbCatalog;
import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.catalog.mariadb.sql.MariaDbSettings;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.process.LogSettings;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.settings.Setting;
import dev.rehome.secrets.PasswordSettings;
import dev.rehome.store.s3.S3Store;
import dev.rehome.store.s3.S3StoreSettings;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings that copying and verifying share: the migration, and its database and store. Chooses their implementations.
 *
 * @param migration the buckets and prefixes
 * @param catalog the database
 * @param password the source of its password
 * @param store the object store
 */
public record DataSettings(
        MigrationSettings migration, MariaDbSettings catalog, PasswordSettings password, S3StoreSettings store) {
    /** The most copies in flight. */
    public static final Setting<Integer> CONCURRENCY = S3StoreSettings.CONCURRENCY;

    /** The settings, for help. */
    public static final List<Setting<?>> ALL = Stream.of(
                    MigrationSettings.ALL,
                    MariaDbSettings.ALL,
                    PasswordSettings.ALL,
                    S3StoreSettings.ALL,
                    LogSettings.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /** Reads them; problems are collected in the environment. */
    public static DataSettings from(Environment env) {
        MariaDbSettings catalog = MariaDbSettings.from(env);
        LogSettings.from(env);
        return new DataSettings(
                MigrationSettings.from(env, String.valueOf(catalog.mapping())),
                catalog,
                PasswordSettings.from(env),
                S3StoreSettings.from(env));
    }

    /** The same, but targets with different content are never overwritten. */
    public DataSettings keepingTargets() {
        return new DataSettings(migration, catalog, password, store.keepingTargets());
    }

    /** Connects at the first use. */
    public MariaDbCatalog openCatalog(int connections) {
        return new MariaDbCatalog(
                catalog,
                migration,
                SideEffectPolicy.NONE,
                Selection.PREFIX,
                password.source(catalog.password(), MonotonicClock.system()),
                connections);
    }

    /** Connects at the first use. */
    public S3Store openStore() {
        return new S3Store(store);
    }
}
