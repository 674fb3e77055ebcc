package dev.rehome.common.settings;

import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A migration's name and the settings that make it that migration. The queue keeps them, so that a second migration of
 * the same name is refused with the settings that differ.
 *
 * @param name names the migration's keys in the queue
 * @param settings the values by the names of their environment variables; never a secret
 */
public record MigrationIdentity(String name, SortedMap<String, String> settings) {
    public MigrationIdentity {
        if (name.isEmpty() || name.indexOf('{') >= 0 || name.indexOf('}') >= 0) {
            throw new IllegalArgumentException("Expected a migration's name without braces, got '" + name + "'");
        }
        settings = new TreeMap<>(settings);
    }

    /** The identity made of the migration's own settings and those of its catalog. */
    public static MigrationIdentity of(MigrationSettings migration, Map<String, String> catalog) {
        SortedMap<String, String> settings = new TreeMap<>(catalog);
        settings.putAll(migration.identity());
        return new MigrationIdentity(migration.name(), settings);
    }

    /** The settings that differ, such as {@code DATABASE_HOST is 'production' there and 'staging' here}. */
    public String differences(Map<String, String> theirs) {
        TreeSet<String> names = new TreeSet<>(settings.keySet());
        names.addAll(theirs.keySet());
        return names.stream()
                .filter(each -> !Objects.equals(settings.get(each), theirs.get(each)))
                .map(each -> each + " is '" + theirs.getOrDefault(each, "") + "' there and '"
                        + settings.getOrDefault(each, "") + "' here")
                .collect(Collectors.joining(", "));
    }
}
