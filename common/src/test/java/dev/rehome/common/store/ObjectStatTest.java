package dev.rehome.common.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.store.ObjectStat.Digest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectStatTest {
    private static final Digest CRC = new Digest("CRC64NVME", false, "1");
    private static final Digest OTHER_CRC = new Digest("CRC64NVME", false, "2");
    private static final Digest PARTS = new Digest("SHA256", true, "1-2");
    private static final Digest OTHER_PARTS = new Digest("SHA256", true, "2-2");
    private static final Digest WHOLE = new Digest("SHA256", false, "3");

    @Test
    void differentSizesAreDifferentContent() {
        assertThat(stat("a", 1).compareContent(stat("a", 2))).isEqualTo(SameContent.DIFFERENT);
    }

    @Test
    void emptyObjectsAndEqualProofsAreTheSameContent() {
        assertThat(stat("a", 0).compareContent(stat("b", 0))).isEqualTo(SameContent.SAME);
        assertThat(stat("a", 1).compareContent(stat("a", 1))).isEqualTo(SameContent.SAME);
    }

    @Test
    void differentProofsWithoutDigestsProveNothing() {
        assertThat(stat("a", 1).compareContent(stat("b", 1))).isEqualTo(SameContent.UNKNOWN);
    }

    @Test
    void digestsOfTheWholeContentDecideBothWays() {
        assertThat(stat("a", 1, CRC).compareContent(stat("b", 1, CRC))).isEqualTo(SameContent.SAME);
        assertThat(stat("a", 1, CRC).compareContent(stat("b", 1, OTHER_CRC))).isEqualTo(SameContent.DIFFERENT);
    }

    @Test
    void compositeDigestsProveEqualityOnly() {
        assertThat(stat("a", 1, PARTS).compareContent(stat("b", 1, PARTS))).isEqualTo(SameContent.SAME);
        assertThat(stat("a", 1, PARTS).compareContent(stat("b", 1, OTHER_PARTS)))
                .isEqualTo(SameContent.UNKNOWN);
    }

    @Test
    void compositeDigestIsNotComparedWithOneOfTheWholeContent() {
        assertThat(stat("a", 1, PARTS).compareContent(stat("b", 1, WHOLE))).isEqualTo(SameContent.UNKNOWN);
    }

    private static ObjectStat stat(String etag, long size, Digest... digests) {
        return new ObjectStat(Optional.of(ContentProof.etag(etag)), size, Instant.EPOCH, Set.of(digests));
    }
}
