package dev.rehome.consumer.verification;

import dev.rehome.catalog.mariadb.sql.MariaDbSettings;
import dev.rehome.common.process.LogSettings;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.settings.Setting;
import dev.rehome.secrets.PasswordSettings;
import dev.rehome.store.s3.S3StoreSettings;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings of a verification: those of a consumer without the queue's.
 *
 * @param migration the buckets and prefixes
 * @param catalog the database
 * @param password the source of its password
 * @param store the object store
 * @param log the log's format
 */
record VerifySettings(
        MigrationSettings migration,
        MariaDbSettings catalog,
        PasswordSettings password,
        S3StoreSettings store,
        LogSettings log) {
    /** The settings, for help. */
    static final List<Setting<?>> ALL = Stream.of(
                    MigrationSettings.ALL,
                    MariaDbSettings.ALL,
                    PasswordSettings.ALL,
                    S3StoreSettings.ALL,
                    LogSettings.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /**
     * Reads them.
     *
     * @throws dev.rehome.common.settings.SettingsProblems with all problems
     */
    static VerifySettings from(Environment env) {
        MariaDbSettings catalog = MariaDbSettings.from(env);
        VerifySettings settings = new VerifySettings(
                MigrationSettings.from(env, String.valueOf(catalog.mapping())),
                catalog,
                PasswordSettings.from(env),
                S3StoreSettings.from(env).keepingTargets(),
                LogSettings.from(env));
        env.throwIfProblems();
        return settings;
    }
}
