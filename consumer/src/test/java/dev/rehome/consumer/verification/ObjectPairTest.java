package dev.rehome.consumer.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.ObjectStat.Digest;
import dev.rehome.consumer.verification.ObjectPair.StatResult;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The problems of a reference, by the objects at its two ends. */
class ObjectPairTest {
    /**
     * An object is {@code etag size second digest}, with {@code ~} for no digest and {@code &} for a composite one;
     * {@code -} is no object, {@code ?} a refusal, {@code !} an unavailable object, {@code .} a skipped one. The recorded
     * ETag is {@code a}.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            plain copy                                   | a 5 10 a | a 5 1 a  |
            target gone                                  | -        | a 5 1 a  | MISSING
            both gone                                    | -        | -        | MISSING
            target gone, source refused                  | -        | ?        | MISSING
            source gone, as after a clean-up             | a 5 10 a | -        |
            target refused                               | ?        | a 5 1 a  | UNREADABLE
            target unavailable                           | !        | a 5 1 a  | UNAVAILABLE
            source refused                               | a 5 10 a | ?        | UNREADABLE
            source unavailable                           | a 5 10 a | !        | UNAVAILABLE
            source skipped                               | a 5 10 a | .        |
            source skipped, target gone                  | -        | .        | MISSING
            source skipped, other object at the target   | b 5 20 b | .        | TARGET_CHANGED
            other object at the target                   | b 5 20 b | a 5 1 a  | TARGET_CHANGED
            other object at the target, source gone      | b 5 20 b | -        | TARGET_CHANGED
            same bytes copied again with another tag     | b-2 5 20 c | a 5 1 c |
            both were written with the same bytes        | b 5 20 b | b 5 30 b |
            source written later with other bytes        | a 5 10 a | b 5 11 b | SOURCE_OVERWRITTEN
            source written later with other length       | a 5 10 a | b 6 11 b | SOURCE_OVERWRITTEN
            source written later with the same bytes     | a 5 10 a | a 5 11 a |
            source written later, bytes unknown          | a 5 10 ~ | b-2 5 11 ~ | SOURCE_OVERWRITTEN
            source written in the copy's second, other   | a 5 10 a | b 5 10 b | SOURCE_OVERWRITTEN
            source written in the copy's second, unknown | a 5 10 ~ | b-2 5 10 ~ |
            multipart source, tags of another kind       | a 5 10 ~ | b-2 5 1 ~ |
            older source with other bytes                | a 5 10 a | b 5 1 b  | CONTENT_DIFFERS
            older source with another length             | a 5 10 ~ | b-2 6 1 ~ | CONTENT_DIFFERS
            empty objects                                | a 0 10 ~ | b 0 1 ~  |
            composite digests of other part sizes        | a 5 10 &p | b-2 5 1 &q |
            composite digests that are equal             | c 5 10 &p | b-2 5 1 &p |
            """)
    void problemFollowsFromBothObjects(String description, String target, String source, Finding.Kind expected) {
        ObjectPair pair = new ObjectPair(result(target), result(source));
        assertThat(pair.compare("a")).as(description).isEqualTo(Optional.ofNullable(expected));
    }

    private static StatResult result(String text) {
        return switch (text) {
            case "-" -> StatResult.MISSING;
            case "." -> StatResult.SKIPPED;
            case "?" -> StatResult.failed(StatResult.State.REFUSED, "AccessDenied");
            case "!" -> StatResult.failed(StatResult.State.UNAVAILABLE, "InternalError");
            default -> StatResult.found(object(text.split(" ", 4)));
        };
    }

    private static ObjectStat object(String[] parts) {
        Set<Digest> digests =
                parts[3].equals("~") ? Set.of() : Set.of(new Digest("MD5", parts[3].startsWith("&"), parts[3]));
        return new ObjectStat(
                Optional.of(ContentProof.etag(parts[0])),
                Long.parseLong(parts[1]),
                Instant.ofEpochSecond(Long.parseLong(parts[2])),
                digests);
    }
}
