package dev.rehome.emulation.benchmark;

import dev.rehome.emulation.seeding.SampleRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A program that copies between buckets, set up for many small objects. */
enum Peer {
    RCLONE("""
            [s3]
            type = s3
            provider = Other
            access_key_id = any
            secret_access_key = any
            endpoint = %s
            """),
    AWS("""
            [default]
            s3 =
              max_concurrent_requests = 64
              addressing_style = path
            """),
    S3CMD("""
            [default]
            access_key = any
            secret_key = any
            host_base = %2$s
            host_bucket = %2$s
            use_https = False
            """);

    private static final String SOURCE = "legacy/" + SampleRow.LEGACY_PREFIX;
    private static final String TARGET = "new/" + SampleRow.TARGET_PREFIX;

    private final String configuration;

    Peer(String configuration) {
        this.configuration = configuration;
    }

    /** The name of its executable file. */
    String program() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The content of its configuration file. */
    String configuration(String endpoint) {
        return configuration.formatted(endpoint, endpoint.substring("http://".length()));
    }

    Map<String, String> environment(Path file) {
        return switch (this) {
            case RCLONE, S3CMD -> Map.of();
            case AWS ->
                Map.of(
                        "AWS_CONFIG_FILE", file.toString(),
                        "AWS_ACCESS_KEY_ID", "any",
                        "AWS_SECRET_ACCESS_KEY", "any",
                        "AWS_DEFAULT_REGION", "eu-central-1");
        };
    }

    /** Its arguments, for the copy of the legacy folder. */
    List<String> arguments(Path file, String endpoint) {
        return switch (this) {
            case RCLONE ->
                List.of(
                        "--config",
                        file.toString(),
                        "--transfers=64",
                        "--checkers=64",
                        "--fast-list",
                        "--s3-no-head",
                        "--no-check-dest",
                        "copy",
                        "s3:" + SOURCE,
                        "s3:" + TARGET);
            case AWS ->
                List.of(
                        "--endpoint-url",
                        endpoint,
                        "s3",
                        "cp",
                        "--recursive",
                        "--only-show-errors",
                        "s3://" + SOURCE,
                        "s3://" + TARGET);
            case S3CMD ->
                List.of(
                        "--config",
                        file.toString(),
                        "--quiet",
                        "cp",
                        "--recursive",
                        "s3://" + SOURCE + "/",
                        "s3://" + TARGET);
        };
    }
}
