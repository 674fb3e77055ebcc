package dev.rehome.manifest;

import dev.rehome.common.settings.AwsSettings;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which manifest says what is moved.
 *
 * @param place a file, or an object as {@code s3://bucket/key}; empty where the prefix says it
 * @param fields what the columns hold; empty where the manifest itself shows it
 * @param encoding how keys are written
 * @param connection how S3 is reached
 */
public record ManifestSettings(
        Optional<String> place, Optional<List<Field>> fields, KeyEncoding encoding, AwsSettings connection) {
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
    public static final List<Setting<?>> ALL = Stream.concat(
                    Stream.of(PLACE, FIELDS, ENCODING), AwsSettings.ALL.stream())
            .toList();

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
        return new ManifestSettings(place, env.read(FIELDS), env.read(ENCODING), AwsSettings.from(env));
    }

    private static boolean isWrong(String place) {
        boolean address = place.matches("[A-Za-z][A-Za-z0-9+.-]*://.*");
        return address && S3Address.parse(place).isEmpty();
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
