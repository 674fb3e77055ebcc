package dev.rehome.consumer.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.ObjectStat;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a reference, by what is at its two ends. */
class FindingTest {
    /**
     * An object is {@code tag size second digest}, {@code -} for none there, {@code ?} for a look that was refused. The
     * recorded tag is {@code a}.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            plain copy                                   | a 5 10 a | a 5 1 a  |
            target gone                                  | -        | a 5 1 a  | MISSING
            both gone                                    | -        | -        | MISSING
            target gone, source refused                  | -        | ?        | MISSING
            source gone, as after a clean-up             | a 5 10 a | -        |
            target refused                               | ?        | a 5 1 a  | UNREADABLE
            source refused                               | a 5 10 a | ?        | UNREADABLE
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
            """)
    void referenceIsJudgedByBothEnds(String what, String target, String source, FindingKind expected) {
        Optional<Finding> finding = Finding.of(References.record("a"), seen(target), seen(source));
        assertThat(finding.map(Finding::kind)).as(what).isEqualTo(Optional.ofNullable(expected));
    }

    private static Seen seen(String text) {
        if (text.equals("-")) {
            return new Seen(Optional.empty(), "");
        }
        if (text.equals("?")) {
            return new Seen(Optional.empty(), "AccessDenied");
        }
        String[] parts = text.split(" ", 4);
        Set<ObjectStat.Digest> digests =
                parts[3].equals("~") ? Set.of() : Set.of(new ObjectStat.Digest("MD5", false, parts[3]));
        Instant modified = Instant.ofEpochSecond(Long.parseLong(parts[2]));
        return new Seen(
                Optional.of(new ObjectStat(
                        Optional.of(ContentProof.etag(parts[0])), Long.parseLong(parts[1]), modified, digests)),
                "");
    }
}
