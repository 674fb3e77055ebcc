package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Refuses keys that can't be sent, or that would arrive as another key.
 *
 * <p>Control characters are accepted: a listing in XML 1.0 can't show them, but a copy has its keys in the URL and in a
 * header, percent-encoded in both.
 */
final class S3KeyRules {
    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">S3's limit</a>. */
    private static final int LONGEST_BYTES = 1_024;

    /** Why this location can't be used; empty if it can. */
    Optional<Refusal> refusal(Location location) {
        String key = location.objectKey();
        if (key.isEmpty()) {
            return refuse(FailureCode.KEY_REFUSED, location, "the key is empty");
        }
        int bytes;
        try {
            bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(key))
                    .remaining();
        } catch (CharacterCodingException unpaired) {
            return refuse(
                    FailureCode.KEY_REFUSED, location, "the key has half a surrogate pair, which UTF-8 can't encode");
        }
        if (bytes > LONGEST_BYTES) {
            return refuse(
                    FailureCode.KEY_TOO_LONG,
                    location,
                    "the key has " + bytes + " bytes in UTF-8, more than S3's limit of " + LONGEST_BYTES);
        }
        if (Arrays.stream(key.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals(".."))) {
            return refuse(
                    FailureCode.KEY_REFUSED,
                    location,
                    "the key has a . or .. between slashes, which clients, proxies and servers resolve");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(FailureCode code, Location location, String why) {
        return Optional.of(Refusal.ofObject(code, location + ": " + why));
    }
}
