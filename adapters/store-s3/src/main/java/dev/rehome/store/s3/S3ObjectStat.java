package dev.rehome.store.s3;

import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.ObjectStat.Digest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Converts S3's description of an object.
 *
 * <p>An ETag is the MD5 of the bytes only if the object was written in one part and isn't encrypted by KMS or with a
 * customer's key. The same bytes copied from a multipart object, or into a bucket with KMS, have another ETag.
 */
final class S3ObjectStat {
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    /** A checksum that S3 may keep of an object; {@code value} is null in the description of an object without it. */
    record Checksum(ChecksumAlgorithm algorithm, Function<HeadObjectResponse, String> value) {}

    /** In the order in which a copy in parts chooses one. */
    static final List<Checksum> CHECKSUMS = List.of(
            new Checksum(ChecksumAlgorithm.CRC64_NVME, HeadObjectResponse::checksumCRC64NVME),
            new Checksum(ChecksumAlgorithm.CRC32, HeadObjectResponse::checksumCRC32),
            new Checksum(ChecksumAlgorithm.CRC32_C, HeadObjectResponse::checksumCRC32C),
            new Checksum(ChecksumAlgorithm.SHA256, HeadObjectResponse::checksumSHA256),
            new Checksum(ChecksumAlgorithm.SHA1, HeadObjectResponse::checksumSHA1));

    private S3ObjectStat() {}

    static ObjectStat of(HeadObjectResponse head) {
        return new ObjectStat(
                proof(head.eTag()),
                head.contentLength(),
                Objects.requireNonNullElse(head.lastModified(), Instant.EPOCH),
                digests(head));
    }

    /** The proof of an ETag as S3 writes it; empty if there is none. */
    static Optional<ContentProof> proof(String written) {
        return Optional.of(etag(written)).filter(tag -> !tag.isEmpty()).map(ContentProof::etag);
    }

    /** An ETag without the quotes in which S3 writes it; the empty text for none. */
    static String etag(String written) {
        return written == null ? "" : written.replace("\"", "");
    }

    private static Set<Digest> digests(HeadObjectResponse head) {
        Set<Digest> digests = new HashSet<>();
        if (isMd5(head.eTag(), head.serverSideEncryption()) && head.sseCustomerAlgorithm() == null) {
            digests.add(new Digest("MD5", false, etag(head.eTag())));
        }
        boolean composite = head.checksumType() != ChecksumType.FULL_OBJECT;
        for (Checksum checksum : CHECKSUMS) {
            String value = checksum.value().apply(head);
            if (value != null) {
                digests.add(new Digest(checksum.algorithm().toString(), composite, value));
            }
        }
        return digests;
    }

    /** Whether an ETag is the MD5 of the bytes. */
    static boolean isMd5(String etag, ServerSideEncryption encryption) {
        return MD5.matcher(etag(etag)).matches() && (encryption == null || encryption == ServerSideEncryption.AES256);
    }
}
