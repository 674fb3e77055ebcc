package dev.rehome.common.settings;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The AWS settings that several adapters share. Credentials come from the SDK's default chain.
 *
 * @param region the region of the services and the target bucket
 * @param endpoint a server instead of AWS for all services
 * @param s3Endpoint a server instead of S3
 * @param pathStyle whether the bucket is in the path of a request instead of the host name
 */
public record AwsSettings(
        Optional<String> region, Optional<URI> endpoint, Optional<URI> s3Endpoint, boolean pathStyle) {
    /** Read by the SDK itself where only services are called. */
    public static final Setting<Optional<String>> REGION = Setting.text(
                    "AWS_REGION",
                    "AWS region of the services and the target bucket; the source bucket's is discovered. Required unless"
                            + " there is an endpoint.")
            .optional();

    private static final Setting<Optional<URI>> S3_ENDPOINT = Setting.uri(
                    "AWS_ENDPOINT_URL_S3", "An S3-compatible server instead of AWS.")
            .optional();
    private static final Setting<Optional<URI>> ENDPOINT = Setting.uri(
                    "AWS_ENDPOINT_URL",
                    "A server instead of AWS for all services; AWS_ENDPOINT_URL_S3 takes precedence for S3.")
            .optional();
    private static final Setting<PathStyle> PATH_STYLE = Setting.choice(
                    "S3_PATH_STYLE",
                    "Whether the bucket is in the path instead of the host name; auto: if there is an endpoint.",
                    PathStyle.class)
            .or(PathStyle.AUTO);

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(REGION, S3_ENDPOINT, ENDPOINT, PATH_STYLE);

    /** Whether the bucket is in the path. */
    private enum PathStyle {
        AUTO,
        TRUE,
        FALSE
    }

    /** Reads them; problems are collected in the environment. */
    public static AwsSettings from(Environment env) {
        Optional<URI> endpoint = env.read(ENDPOINT);
        Optional<URI> s3Endpoint = env.read(S3_ENDPOINT).or(() -> endpoint);
        PathStyle style = env.read(PATH_STYLE);
        return new AwsSettings(
                env.read(REGION),
                endpoint,
                s3Endpoint,
                style == PathStyle.TRUE || (style == PathStyle.AUTO && s3Endpoint.isPresent()));
    }
}
