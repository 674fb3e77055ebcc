package dev.rehome.emulation.migration;

import dev.rehome.emulation.seeding.CatalogSeeding;
import dev.rehome.emulation.seeding.SampleRow;
import java.util.Map;
import java.util.TreeMap;

/** The environment of the producer and the consumers, as a task definition would set it. */
final class MigrationEnvironment {
    private final Map<String, String> all = new TreeMap<>();
    private final Map<String, String> ofProducers = new TreeMap<>();

    /** Sets the variables that locate the servers, the table and the buckets. */
    MigrationEnvironment(EmulatedMigration migration, String user, String password) {
        Servers servers = migration.servers();
        all.put("SOURCE_S3_BUCKET", migration.source());
        all.put("TARGET_S3_BUCKET", migration.target());
        all.put("LEGACY_S3_OBJECT_PREFIX", SampleRow.LEGACY_PREFIX);
        all.put("TARGET_OBJECT_PREFIX", SampleRow.TARGET_PREFIX);
        all.put("MIGRATION_NAME", migration.name());
        all.put("TEMP_TABLE_FOR_UPDATE", EmulatedMigration.MAPPING_TABLE);
        all.put("DATABASE_HOST", "127.0.0.1");
        all.put("DATABASE_PORT", Integer.toString(servers.database().port()));
        all.put("DB_USER", user);
        all.put("DB_PASSWORD", password);
        all.put("DATABASE_NAME", migration.name());
        all.put("DATABASE_TABLE_TO_UPDATE", CatalogSeeding.TABLE);
        all.put("TABLE_COLUMN_NAME_TO_UPDATE", CatalogSeeding.COLUMN);
        all.put("ON_UPDATE_TIMESTAMPS", "keep");
        // A guarantee records the updates by a trigger, which MariaDB 10.11 shows to the migrator.
        all.put("ALLOW_TRIGGERS", "true");
        all.put("REDIS_HOST", "127.0.0.1");
        all.put("REDIS_PORT", Integer.toString(servers.redis().port()));
        all.putAll(ofAwsSdk(servers));
    }

    /** The variables that the AWS SDK reads. */
    static Map<String, String> ofAwsSdk(Servers servers) {
        return Map.of(
                "AWS_REGION", Servers.REGION,
                "AWS_ENDPOINT_URL_S3", servers.endpoint().uri().toString(),
                "AWS_ACCESS_KEY_ID", servers.endpoint().accessKey(),
                "AWS_SECRET_ACCESS_KEY", servers.endpoint().secretKey());
    }

    /** Sets a variable for all programs. */
    void put(String variable, String value) {
        all.put(variable, value);
    }

    /** Sets variables for producers. */
    void putForProducers(Map<String, String> variables) {
        ofProducers.putAll(variables);
    }

    /** The variables of all programs. */
    Map<String, String> common() {
        return Map.copyOf(all);
    }

    /** The variables of a program, with some of its own; an empty value removes a variable. */
    Map<String, String> of(String program, Map<String, String> own) {
        Map<String, String> variables = new TreeMap<>(all);
        variables.putAll(program.equals("producer") ? ofProducers : Map.of());
        variables.putAll(own);
        variables.values().removeIf(String::isEmpty);
        return variables;
    }
}
