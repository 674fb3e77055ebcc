package dev.rehome.queue.redis;

import dev.rehome.common.settings.MigrationIdentity;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Compares the migration that a queue belongs to with ours. The queue holds its settings as JSON. */
record QueueOwner(MigrationIdentity ours) {
    private static final TypeReference<TreeMap<String, String>> SETTINGS = new TypeReference<>() {};

    String settings() {
        return JsonMapper.shared().writeValueAsString(ours.settings());
    }

    boolean isOurs(String settings) {
        return settings().equals(settings);
    }

    /** The reason why this migration can't use a queue that belongs to that run. */
    String refusal(String run, String settings) {
        return "The queue '" + ours.name() + "' on this Redis belongs to run " + run + " of another migration: "
                + ours.differences(parse(settings))
                + ". Give each migration a MIGRATION_NAME of its own; if the other one has ended, delete the Redis keys"
                + " rehome:{" + ours.name() + "}:*";
    }

    private static Map<String, String> parse(String settings) {
        try {
            return JsonMapper.shared().readValue(settings, SETTINGS);
        } catch (JacksonException invalid) {
            return Map.of("(settings)", settings);
        }
    }
}
