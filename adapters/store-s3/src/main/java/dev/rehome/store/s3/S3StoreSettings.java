package dev.rehome.store.s3;

import dev.rehome.common.settings.AwsSettings;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The settings of a store.
 *
 * @param client how S3 is reached
 * @param copies how objects are copied
 */
public record S3StoreSettings(S3ClientSettings client, S3CopySettings copies) {
    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = Stream.concat(S3ClientSettings.ALL.stream(), S3CopySettings.ALL.stream())
            .toList();

    /** The setting of {@link #concurrency}. */
    public static final Setting<Integer> CONCURRENCY = S3ClientSettings.COPY_CONCURRENCY;

    public S3StoreSettings {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(copies, "copies");
    }

    /** Reads them; problems are collected in the environment. */
    public static S3StoreSettings from(Environment env) {
        return new S3StoreSettings(S3ClientSettings.from(env), S3CopySettings.from(env));
    }

    /** Settings of a store from which only single objects are read, in any region; everything else has its default. */
    public static S3StoreSettings forReading(AwsSettings aws) {
        return new S3StoreSettings(S3ClientSettings.forReading(aws), S3CopySettings.from(new Environment(Map.of())));
    }

    /** The same, but targets with different content are never overwritten. */
    public S3StoreSettings keepingTargets() {
        return new S3StoreSettings(client, copies.keepingTargets());
    }

    /** The most copies in flight. */
    public int concurrency() {
        return client.copyConcurrency();
    }
}
