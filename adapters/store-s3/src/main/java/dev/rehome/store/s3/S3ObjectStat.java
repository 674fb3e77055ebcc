package dev.rehome.store.s3;

import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.ObjectStat.Digest;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
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
    private static final Map<String, Function<HeadObjectResponse, String>> CHECKSUMS = Map.of(
            "CRC64NVME", HeadObjectResponse::checksumCRC64NVME,
            "SHA256", HeadObjectResponse::checksumSHA256,
            "SHA1", HeadObjectResponse::checksumSHA1,
            "CRC32C", HeadObjectResponse::checksumCRC32C,
            "CRC32", HeadObjectResponse::checksumCRC32);

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
        CHECKSUMS.forEach((algorithm, checksum) -> {
            if (checksum.apply(head) != null) {
                boolean composite = head.checksumType() != ChecksumType.FULL_OBJECT;
                digests.add(new Digest(algorithm, composite, checksum.apply(head)));
            }
        });
        return digests;
    }

    /** Whether an ETag is the MD5 of the bytes. */
    static boolean isMd5(String etag, ServerSideEncryption encryption) {
        return MD5.matcher(etag(etag)).matches() && (encryption == null || encryption == ServerSideEncryption.AES256);
    }
}
