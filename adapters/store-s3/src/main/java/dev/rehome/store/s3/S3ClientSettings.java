package dev.rehome.store.s3;

import dev.rehome.common.settings.AwsSettings;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How S3 is reached. Credentials come from the SDK's default chain: environment variables, profile, container or
 * instance role.
 *
 * @param region the target bucket's region; the source's is discovered
 * @param endpoint a server other than the region's own
 * @param pathStyle whether the bucket is in the path instead of the host name
 * @param copyConcurrency the most copies in flight, and as many connections
 * @param readTimeout how long the store may send nothing before a request fails
 * @param engine sends the ordinary copies
 * @param role a role to assume; it both reads the source and writes the target
 */
public record S3ClientSettings(
        String region,
        Optional<URI> endpoint,
        boolean pathStyle,
        int copyConcurrency,
        Duration readTimeout,
        CopyEngine engine,
        Optional<TargetRole> role) {
    private static final int READING_CONCURRENCY = 2;
    private static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(60);
    static final Setting<Integer> COPY_CONCURRENCY = Setting.integer(
                    "COPY_CONCURRENCY",
                    "Most copies in flight in one consumer. Too low: the network's latency limits the throughput. Too high: memory, and"
                            + " SlowDown from S3, which lowers it by itself.",
                    1,
                    10_000)
            .or(256);
    private static final Setting<Duration> READ_TIMEOUT = Setting.seconds(
                    "S3_READ_TIMEOUT_SECONDS",
                    "How long S3 may send nothing before a request fails. Too low: large copies fail although S3 works on them."
                            + " Too high: a dead connection delays its copy by as long.",
                    1,
                    3_600)
            .or(DEFAULT_READ_TIMEOUT);
    private static final Setting<CopyEngine> ENGINE = Setting.choice(
                    "COPY_ENGINE",
                    "Who sends ordinary copies: lean, an HTTP client that needs a fraction of the SDK's CPU time"
                            + " and leaves everything unusual to the SDK, or sdk, the AWS SDK for all requests.",
                    CopyEngine.class)
            .or(CopyEngine.LEAN);
    static final List<Setting<?>> ALL = Stream.of(
                    AwsSettings.ALL, List.of(COPY_CONCURRENCY, READ_TIMEOUT, ENGINE), TargetRole.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /** S3-compatible servers accept any region; this is the one that their documentation uses. */
    private static final String ANY_REGION = "us-east-1";

    /** The client that sends ordinary copies. */
    public enum CopyEngine {
        SDK,
        LEAN
    }

    public S3ClientSettings {
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(readTimeout, "readTimeout");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(role, "role");
        if (copyConcurrency < 1) {
            throw new IllegalArgumentException("Expected at least one copy in flight, got " + copyConcurrency);
        }
    }

    /** Settings for reading single objects: in any region, with defaults for everything else. */
    static S3ClientSettings forReading(AwsSettings aws) {
        return new S3ClientSettings(
                aws.region().orElse(ANY_REGION),
                aws.s3Endpoint(),
                aws.pathStyle(),
                READING_CONCURRENCY,
                DEFAULT_READ_TIMEOUT,
                CopyEngine.SDK,
                Optional.empty());
    }

    static S3ClientSettings from(Environment env) {
        AwsSettings aws = AwsSettings.from(env);
        if (aws.region().isEmpty() && aws.s3Endpoint().isEmpty()) {
            env.problem("AWS_REGION is not set: expected a region such as eu-central-1. "
                    + AwsSettings.REGION.explanation());
        }
        return new S3ClientSettings(
                aws.region().orElse(ANY_REGION),
                aws.s3Endpoint(),
                aws.pathStyle(),
                env.read(COPY_CONCURRENCY),
                env.read(READ_TIMEOUT),
                env.read(ENGINE),
                TargetRole.from(env, aws.endpoint()));
    }
}
