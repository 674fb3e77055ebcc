package dev.rehome.manifest;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import dev.rehome.manifest.Layout.Field;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The manifest that selects the objects to migrate.
 *
 * @param place a file, or an object as {@code s3://bucket/key}; empty if the prefix selects them
 * @param fields the columns; empty if they are detected
 * @param encoding the encoding of keys
 */
public record ManifestSettings(Optional<String> place, Optional<List<Field>> fields, KeyEncoding encoding) {
    private static final Setting<Optional<String>> PLACE = Setting.text(
                    "MANIFEST",
                    "File or s3://bucket/key with the keys to migrate, and optionally their new keys; if empty, the"
                            + " prefix selects them.")
            .optional();
    private static final Setting<Optional<List<Field>>> FIELDS = new Setting<>(
            "MANIFEST_FIELDS",
            "Columns of the manifest; detected when empty.",
            "a comma list of Bucket, Key, NewKey, VersionId and Ignore, with Key in it",
            Optional.of(Optional.empty()),
            text -> Optional.of(Field.list(text)));
    private static final Setting<KeyEncoding> ENCODING = Setting.choice(
                    "MANIFEST_ENCODING",
                    "Encoding of its keys: url as S3 writes them (%XX, + for a space), percent (%XX only), or plain.",
                    KeyEncoding.class)
            .or(KeyEncoding.URL);

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(PLACE, FIELDS, ENCODING);

    public ManifestSettings {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(encoding, "encoding");
    }

    /** Reads them; problems are collected in the environment. */
    public static ManifestSettings from(Environment env) {
        Optional<String> place = env.read(PLACE);
        if (place.filter(ManifestSettings::isInvalid).isPresent()) {
            env.problem("MANIFEST is not valid: expected a file, or s3://bucket/key. " + PLACE.explanation());
        }
        return new ManifestSettings(place, env.read(FIELDS), env.read(ENCODING));
    }

    private static boolean isInvalid(String place) {
        boolean isUri = place.matches("[A-Za-z][A-Za-z0-9+.-]*://.*");
        return isUri && ObjectAddress.parse(place).isEmpty();
    }

    /** The address of an object, written as {@code s3://bucket/key}. */
    record ObjectAddress(String bucket, String objectKey) {
        private static final String SCHEME = "s3://";

        /** Reads an address; empty if the text isn't one. */
        static Optional<ObjectAddress> parse(String text) {
            int slash = text.startsWith(SCHEME) ? text.indexOf('/', SCHEME.length()) : -1;
            return slash <= SCHEME.length() || slash == text.length() - 1
                    ? Optional.empty()
                    : Optional.of(new ObjectAddress(text.substring(SCHEME.length(), slash), text.substring(slash + 1)));
        }
    }
}
