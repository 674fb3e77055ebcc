package dev.rehome.manifest;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which manifest says what is moved.
 *
 * @param place a file, or an object as {@code s3://bucket/key}; empty where the prefix says it
 * @param fields what the columns hold; empty where the manifest itself shows it
 * @param encoding how keys are written
 * @param connection how S3 is reached
 */
public record ManifestSettings(
        Optional<String> place, Optional<List<Field>> fields, KeyEncoding encoding, S3Access connection) {
    private static final Setting<Optional<String>> PLACE = Setting.text(
                    "MANIFEST",
                    "File or s3://bucket/key that lists the keys to be moved, and new keys; by the prefix when empty.")
            .optional();
    private static final Setting<Optional<List<Field>>> FIELDS = new Setting<>(
            "MANIFEST_FIELDS",
            "What its columns hold; found out when empty.",
            "a comma list of Bucket, Key, NewKey, VersionId and Ignore, with Key in it",
            Optional.of(Optional.empty()),
            text -> Optional.of(Field.list(text)));
    private static final Setting<KeyEncoding> ENCODING = Setting.choice(
                    "MANIFEST_ENCODING",
                    "Keys in it: url as S3 writes them (%XX, + for a space), percent (%XX only), or plain.",
                    KeyEncoding.class)
            .or(KeyEncoding.URL);

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL =
            List.of(PLACE, FIELDS, ENCODING, S3Access.S3_ENDPOINT, S3Access.ENDPOINT, S3Access.PATH_STYLE);

    public ManifestSettings {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(connection, "connection");
    }

    /** Reads them; problems are gathered in the environment. */
    public static ManifestSettings from(Environment env) {
        Optional<String> place = env.read(PLACE);
        if (place.filter(ManifestSettings::isWrong).isPresent()) {
            env.problem("MANIFEST is not valid: expected a file, or s3://bucket/key. " + PLACE.explanation());
        }
        return new ManifestSettings(place, env.read(FIELDS), env.read(ENCODING), S3Access.from(env));
    }

    private static boolean isWrong(String place) {
        boolean address = place.matches("[A-Za-z][A-Za-z0-9+.-]*://.*");
        return address && S3Address.parse(place).isEmpty();
    }

    /** How S3 is reached, and what else names it. */
    public record S3Access(Optional<String> region, Optional<URI> endpoint, boolean pathStyle) {
        /** Whether the bucket stands in the path. */
        enum PathStyle {
            AUTO,
            TRUE,
            FALSE
        }

        private static final Setting<Optional<String>> REGION = Setting.text(
                        "AWS_REGION", "AWS region of the services and buckets.")
                .optional();
        static final Setting<Optional<URI>> S3_ENDPOINT = Setting.uri(
                        "AWS_ENDPOINT_URL_S3", "An S3-compatible server instead of AWS.")
                .optional();
        static final Setting<Optional<URI>> ENDPOINT = Setting.uri(
                        "AWS_ENDPOINT_URL", "As AWS_ENDPOINT_URL_S3, for all services; that one comes first.")
                .optional();
        static final Setting<PathStyle> PATH_STYLE = Setting.choice(
                        "S3_PATH_STYLE",
                        "Bucket in the path, not in the host; auto: with an endpoint.",
                        PathStyle.class)
                .or(PathStyle.AUTO);

        static S3Access from(Environment env) {
            Optional<URI> endpoint = env.read(S3_ENDPOINT).or(() -> env.read(ENDPOINT));
            PathStyle style = env.read(PATH_STYLE);
            return new S3Access(
                    env.read(REGION),
                    endpoint,
                    style == PathStyle.TRUE || (style == PathStyle.AUTO && endpoint.isPresent()));
        }
    }

    /** An object, written as {@code s3://bucket/key}. */
    record S3Address(String bucket, String key) {
        private static final String SCHEME = "s3://";

        /** Reads one; empty when it is none. */
        static Optional<S3Address> parse(String text) {
            int slash = text.startsWith(SCHEME) ? text.indexOf('/', SCHEME.length()) : -1;
            return slash <= SCHEME.length() || slash == text.length() - 1
                    ? Optional.empty()
                    : Optional.of(new S3Address(text.substring(SCHEME.length(), slash), text.substring(slash + 1)));
        }

        @Override
        public String toString() {
            return SCHEME + bucket + "/" + key;
        }
    }
}
