package dev.rehome.store.s3;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Secret;
import dev.rehome.common.settings.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How S3 is reached and as whom.
 *
 * @param region the target bucket's region; the source's is found out
 * @param endpoint another server than the region's own
 * @param pathStyle whether the bucket stands in the path instead of in the host name
 * @param copyConcurrency copies in flight at most, and so connections at least
 * @param silence how long the store may say nothing before a request is given up
 * @param role the role to assume; both reading and writing are done as this one principal
 * @param accessKey the access key's id; empty for the SDK's credentials chain
 * @param secretKey its secret
 * @param sessionToken the token of temporary credentials
 */
public record S3Connection(
        String region,
        Optional<URI> endpoint,
        boolean pathStyle,
        int copyConcurrency,
        Duration silence,
        Optional<TargetRole> role,
        Optional<String> accessKey,
        Secret secretKey,
        Secret sessionToken) {
    private static final Setting<Optional<String>> REGION = Setting.text(
                    "AWS_REGION", "Region of the target bucket; needed unless an endpoint is given.")
            .optional();
    private static final Setting<Optional<URI>> S3_ENDPOINT = Setting.uri(
                    "AWS_ENDPOINT_URL_S3", "An S3-compatible server instead of AWS.")
            .optional();
    private static final Setting<Optional<URI>> ENDPOINT = Setting.uri(
                    "AWS_ENDPOINT_URL", "As AWS_ENDPOINT_URL_S3, for all services; that one comes first.")
            .optional();
    private static final Setting<PathStyle> PATH_STYLE = Setting.choice(
                    "S3_PATH_STYLE", "Bucket in the path, not in the host; auto: with an endpoint.", PathStyle.class)
            .or(PathStyle.AUTO);
    private static final Setting<Integer> COPY_CONCURRENCY = Setting.integer(
                    "COPY_CONCURRENCY", "Copies in flight in one consumer at most.", 1, 10_000)
            .or(256);
    private static final Setting<Duration> SILENCE = Setting.seconds(
                    "S3_READ_TIMEOUT_SECONDS",
                    "Silence of S3 before a request is given up; while S3 copies it keeps sending blanks.",
                    1,
                    3_600)
            .or(Duration.ofSeconds(60));
    private static final Setting<Optional<String>> ACCESS_KEY = Setting.text(
                    "AWS_ACCESS_KEY_ID", "Access key; the SDK's credentials chain when empty.")
            .optional();
    private static final Setting<Secret> SECRET_KEY =
            Setting.secret("AWS_SECRET_ACCESS_KEY", "Its secret.").or(Secret.NONE);
    private static final Setting<Secret> SESSION_TOKEN = Setting.secret(
                    "AWS_SESSION_TOKEN", "The token of temporary credentials.")
            .or(Secret.NONE);

    static final List<Setting<?>> ALL = Stream.of(
                    List.of(REGION, S3_ENDPOINT, ENDPOINT, PATH_STYLE, COPY_CONCURRENCY, SILENCE),
                    TargetRole.ALL,
                    List.of(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN))
            .<Setting<?>>flatMap(List::stream)
            .toList();

    /** S3-compatible servers take any region; this is the one that their documents use. */
    private static final String ANY_REGION = "us-east-1";

    /** Whether the bucket stands in the path. */
    enum PathStyle {
        AUTO,
        TRUE,
        FALSE
    }

    public S3Connection {
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(silence, "silence");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(accessKey, "accessKey");
        Objects.requireNonNull(secretKey, "secretKey");
        Objects.requireNonNull(sessionToken, "sessionToken");
        if (copyConcurrency < 1) {
            throw new IllegalArgumentException("A store without a copy in flight does nothing");
        }
    }

    static S3Connection from(Environment env) {
        Optional<URI> forAll = env.read(ENDPOINT);
        Optional<URI> endpoint = env.read(S3_ENDPOINT).or(() -> forAll);
        Optional<String> region = env.read(REGION);
        if (region.isEmpty() && endpoint.isEmpty()) {
            env.problem("AWS_REGION is not set: expected a region such as eu-central-1. " + REGION.explanation());
        }
        Optional<String> accessKey = env.read(ACCESS_KEY);
        Secret secretKey = env.read(SECRET_KEY);
        if (accessKey.isPresent() != secretKey.isPresent()) {
            env.problem("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY go together: set both or neither");
        }
        PathStyle style = env.read(PATH_STYLE);
        return new S3Connection(
                region.orElse(ANY_REGION),
                endpoint,
                style == PathStyle.TRUE || (style == PathStyle.AUTO && endpoint.isPresent()),
                env.read(COPY_CONCURRENCY),
                env.read(SILENCE),
                TargetRole.from(env, forAll),
                accessKey,
                secretKey,
                env.read(SESSION_TOKEN));
    }
}
