package dev.rehome.store.s3;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Everything that the store is told.
 *
 * @param connection how S3 is reached
 * @param copies what a copy is to be like
 */
public record S3StoreSettings(S3Connection connection, S3CopySettings copies) {
    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = Stream.concat(S3Connection.ALL.stream(), S3CopySettings.ALL.stream())
            .toList();

    public S3StoreSettings {
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(copies, "copies");
    }

    /** Reads them; problems are gathered in the environment. */
    public static S3StoreSettings from(Environment env) {
        return new S3StoreSettings(S3Connection.from(env), S3CopySettings.from(env));
    }

    /** The same, but no target with other content is ever replaced. */
    public S3StoreSettings keepingTargets() {
        return new S3StoreSettings(connection, copies.keepingTargets());
    }

    /** How many copies may be in flight at most. */
    public int concurrency() {
        return connection.copyConcurrency();
    }
}
