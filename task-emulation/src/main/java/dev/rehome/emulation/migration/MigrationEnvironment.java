package dev.rehome.emulation.migration;

import dev.rehome.emulation.seeding.CatalogSeeding;
import dev.rehome.emulation.seeding.SampleRow;
import java.util.Map;
import java.util.TreeMap;

/** The environment of the producer and the consumers, as a task definition would set it. */
final class MigrationEnvironment {
    private MigrationEnvironment() {}

    /** The variables that say where everything is; the caller may change the map. */
    static Map<String, String> of(EmulatedMigration migration, String user, String password) {
        Servers servers = migration.servers();
        Map<String, String> env = new TreeMap<>();
        env.put("SOURCE_S3_BUCKET", migration.source());
        env.put("TARGET_S3_BUCKET", migration.target());
        env.put("LEGACY_S3_OBJECT_PREFIX", SampleRow.LEGACY_PREFIX);
        env.put("TARGET_OBJECT_PREFIX", SampleRow.TARGET_PREFIX);
        env.put("MIGRATION_NAME", migration.name());
        env.put("TEMP_TABLE_FOR_UPDATE", EmulatedMigration.MAPPING_TABLE);
        env.put("DATABASE_HOST", "127.0.0.1");
        env.put("DATABASE_PORT", Integer.toString(servers.database().port()));
        env.put("DB_USER", user);
        env.put("DB_PASSWORD", password);
        env.put("DATABASE_NAME", migration.name());
        env.put("DATABASE_TABLE_TO_UPDATE", CatalogSeeding.TABLE);
        env.put("TABLE_COLUMN_NAME_TO_UPDATE", CatalogSeeding.COLUMN);
        env.put("ON_UPDATE_TIMESTAMPS", "keep");
        // A guarantee watches the updates by a trigger, which MariaDB 10.11 shows to the migrator.
        env.put("ALLOW_TRIGGERS", "true");
        env.put("REDIS_HOST", "127.0.0.1");
        env.put("REDIS_PORT", Integer.toString(servers.redis().port()));
        env.put("AWS_REGION", Servers.REGION);
        env.put("AWS_ENDPOINT_URL_S3", servers.endpoint().uri().toString());
        env.put("AWS_ACCESS_KEY_ID", servers.endpoint().accessKey());
        env.put("AWS_SECRET_ACCESS_KEY", servers.endpoint().secretKey());
        return env;
    }
}
