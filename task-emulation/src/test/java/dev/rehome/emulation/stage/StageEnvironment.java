package dev.rehome.emulation.stage;

import dev.rehome.emulation.seeding.CatalogSeeding;
import dev.rehome.emulation.seeding.SampleRow;
import java.util.Map;
import java.util.TreeMap;

/** What the processes of a stage are told, as a task definition would. */
record StageEnvironment(Servers servers, String name, String source, String target, String user, String password) {
    /** The variables, to be changed at will. */
    Map<String, String> variables() {
        Map<String, String> env = new TreeMap<>();
        env.put("SOURCE_S3_BUCKET", source);
        env.put("TARGET_S3_BUCKET", target);
        env.put("LEGACY_S3_OBJECT_PREFIX", SampleRow.LEGACY_PREFIX);
        env.put("TARGET_OBJECT_PREFIX", SampleRow.TARGET_PREFIX);
        env.put("MIGRATION_NAME", name);
        env.put("TEMP_TABLE_FOR_UPDATE", MigrationStage.MAPPING);
        env.put("DATABASE_HOST", "127.0.0.1");
        env.put("DATABASE_PORT", Integer.toString(servers.database().port()));
        env.put("DB_USER", user);
        env.put("DB_PASSWORD", password);
        env.put("DATABASE_NAME", name);
        env.put("DATABASE_TABLE_TO_UPDATE", CatalogSeeding.TABLE);
        env.put("TABLE_COLUMN_NAME_TO_UPDATE", CatalogSeeding.COLUMN);
        env.put("ON_UPDATE_TIMESTAMPS", "keep");
        env.put("REDIS_HOST", "127.0.0.1");
        env.put("REDIS_PORT", Integer.toString(servers.redis().port()));
        env.put("AWS_REGION", Servers.REGION);
        env.put("AWS_ENDPOINT_URL_S3", servers.store().endpoint().toString());
        env.put("AWS_ACCESS_KEY_ID", servers.store().accessKey());
        env.put("AWS_SECRET_ACCESS_KEY", servers.store().secretKey());
        // MariaDB 10.11 shows the trigger of a guarantee to everybody.
        env.put("ALLOW_TRIGGERS", "true");
        env.put("CONSUMER_TASK_COUNT", "2");
        // Small and quick, so that a fault meets a migration in its middle and is made up for soon.
        env.put("BATCH_SIZE", "20");
        env.put("SCAN_WINDOW_ROWS", "100");
        env.put("COPY_CONCURRENCY", "4");
        env.put("LEASE_SECONDS", "3");
        env.put("PASS_DELAY_SECONDS", "0");
        env.put("STATUS_SECONDS", "1");
        env.put("STOP_TIMEOUT_SECONDS", "10");
        return env;
    }
}
