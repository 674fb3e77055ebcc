package dev.rehome.common.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A store's description of an object, without its bytes.
 *
 * @param proof evidence of this content; empty if the store gives none
 * @param size in bytes
 * @param modified the time of the last write, by the store's clock
 * @param digests the digests of the content that the store knows; often none
 */
public record ObjectStat(Optional<ContentProof> proof, long size, Instant modified, Set<Digest> digests) {
    /**
     * A digest of an object's content.
     *
     * @param algorithm such as {@code MD5} or {@code CRC64NVME}
     * @param composite whether it is a digest of the digests of the object's parts: two objects with the same bytes
     *     then differ in it if their parts differ in size
     * @param value as the store writes it
     */
    public record Digest(String algorithm, boolean composite, String value) {
        public Digest {
            Objects.requireNonNull(algorithm, "algorithm");
            Objects.requireNonNull(value, "value");
        }

        private boolean isComparableTo(Digest other) {
            return algorithm.equals(other.algorithm) && composite == other.composite;
        }
    }

    public ObjectStat {
        Objects.requireNonNull(proof, "proof");
        Objects.requireNonNull(modified, "modified");
        digests = Set.copyOf(digests);
    }

    /** Whether this object and the other have the same bytes, as far as the descriptions prove it. */
    public SameContent compareContent(ObjectStat other) {
        if (size != other.size) {
            return SameContent.DIFFERENT;
        }
        if (size == 0 || (proof.isPresent() && proof.equals(other.proof))) {
            return SameContent.SAME;
        }
        SameContent result = SameContent.UNKNOWN;
        for (Digest digest : digests) {
            for (Digest otherDigest : other.digests) {
                if (digest.equals(otherDigest)) {
                    return SameContent.SAME;
                }
                if (digest.isComparableTo(otherDigest) && !digest.composite) {
                    result = SameContent.DIFFERENT;
                }
            }
        }
        return result;
    }
}
