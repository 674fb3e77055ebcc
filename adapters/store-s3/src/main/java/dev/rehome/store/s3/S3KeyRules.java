package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which keys are not sent at all, because what stood at the other end would not be that key.
 *
 * <p>Control characters are sent: a listing in XML 1.0 can't show them, but a copy names its keys in the address and in
 * a header, percent-encoded both times.
 */
final class S3KeyRules {
    /** <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">S3's limit</a>. */
    private static final int LONGEST_BYTES = 1_024;

    /** Why this location can't be used; empty when it can. */
    Optional<CopyResult.Refused> refusal(Location location) {
        String key = location.key();
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
            return refuse(FailureCode.KEY_REFUSED, location, "the key holds half a surrogate pair, which UTF-8 can't");
        }
        if (bytes > LONGEST_BYTES) {
            return refuse(
                    FailureCode.KEY_TOO_LONG,
                    location,
                    "the key has " + bytes + " bytes in UTF-8, and S3 takes " + LONGEST_BYTES);
        }
        if (Arrays.stream(key.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals(".."))) {
            return refuse(
                    FailureCode.KEY_REFUSED,
                    location,
                    "the key has a . or .. between slashes, which clients, proxies and servers on the way fold");
        }
        return Optional.empty();
    }

    private static Optional<CopyResult.Refused> refuse(FailureCode code, Location location, String why) {
        return Optional.of(new CopyResult.Refused(code, location + ": " + why));
    }
}
