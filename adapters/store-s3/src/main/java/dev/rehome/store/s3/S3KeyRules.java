package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectKeyRules;
import dev.rehome.common.store.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Refuses keys that can't be sent, or that would arrive as another key.
 *
 * <p>Control characters are accepted: a listing in XML 1.0 can't show them, but a copy has its keys in the URL and in a
 * header, percent-encoded in both.
 */
public final class S3KeyRules implements ObjectKeyRules {
    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">S3's limit</a>. */
    private static final int LONGEST_BYTES = 1_024;

    private static final char LAST_OF_ONE_BYTE = 0x7f;
    /** The most bytes of a character that isn't a surrogate. */
    private static final int MOST_BYTES = 3;

    /** The reason why this location can't be used; empty if it can. */
    Optional<Refusal> refusal(Location location) {
        if (isPlain(location.objectKey())) {
            return Optional.empty();
        }
        return problem(location.objectKey()).map(problem -> {
            FailureCode code = isTooLong(location.objectKey()) ? FailureCode.KEY_TOO_LONG : FailureCode.KEY_REFUSED;
            return Refusal.ofObject(code, location + ": " + problem);
        });
    }

    /** Whether a key is sound at first sight: short, without surrogates, and without a dot after a slash or at its start. */
    private static boolean isPlain(String key) {
        int length = key.length();
        int bytes = 0;
        char before = '/';
        for (int i = 0; i < length; i++) {
            char c = key.charAt(i);
            if (Character.isSurrogate(c) || (c == '.' && before == '/')) {
                return false;
            }
            bytes += c <= LAST_OF_ONE_BYTE ? 1 : MOST_BYTES;
            before = c;
        }
        return length > 0 && bytes <= LONGEST_BYTES;
    }

    private static boolean isTooLong(String key) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(key)
                && key.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES;
    }

    @Override
    public Optional<String> problem(String key) {
        if (key.isEmpty()) {
            return Optional.of("the key is empty");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
            return Optional.of("the key has half a surrogate pair, which UTF-8 can't encode");
        }
        if (isTooLong(key)) {
            return Optional.of("the key has " + key.getBytes(StandardCharsets.UTF_8).length
                    + " bytes in UTF-8, more than S3's limit of " + LONGEST_BYTES);
        }
        if (Arrays.stream(key.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals(".."))) {
            return Optional.of("the key has a . or .. between slashes, which clients, proxies and servers resolve");
        }
        return Optional.empty();
    }
}
