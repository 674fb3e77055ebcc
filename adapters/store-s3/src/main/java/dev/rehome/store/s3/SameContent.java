package dev.rehome.store.s3;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Whether two objects hold the same bytes, as far as S3's descriptions of them prove it.
 *
 * <p>An ETag is the MD5 of the bytes only for an object that was written in one part and is not encrypted by KMS or with
 * a customer's key. The same bytes copied from a multipart object, or into a bucket with KMS, have another ETag: such a
 * difference proves nothing.
 */
enum SameContent {
    PROVED,
    DISPROVED,
    /** Only a comparison of the bytes can tell. */
    OPEN;

    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
    private static final Map<String, Function<HeadObjectResponse, String>> CHECKSUMS = Map.of(
            "CRC64NVME", HeadObjectResponse::checksumCRC64NVME,
            "SHA256", HeadObjectResponse::checksumSHA256,
            "SHA1", HeadObjectResponse::checksumSHA1,
            "CRC32C", HeadObjectResponse::checksumCRC32C,
            "CRC32", HeadObjectResponse::checksumCRC32);

    /** What the descriptions prove. */
    static SameContent of(HeadObjectResponse one, HeadObjectResponse other) {
        if (!Objects.equals(one.contentLength(), other.contentLength())) {
            return DISPROVED;
        }
        String tag = ETag.bare(one.eTag());
        if (Objects.equals(one.contentLength(), 0L) || (!tag.isEmpty() && tag.equals(ETag.bare(other.eTag())))) {
            return PROVED;
        }
        SameContent byChecksum = byChecksum(one, other);
        if (byChecksum != OPEN) {
            return byChecksum;
        }
        return hasMd5(one) && hasMd5(other) ? DISPROVED : OPEN;
    }

    /** The digests of all of an object's bytes that its description holds, by their kind. */
    static Map<String, String> digests(HeadObjectResponse object) {
        Map<String, String> digests = new HashMap<>();
        if (hasMd5(object)) {
            digests.put("MD5", ETag.bare(object.eTag()));
        }
        if (object.checksumType() == ChecksumType.FULL_OBJECT) {
            CHECKSUMS.forEach((kind, checksum) -> {
                if (checksum.apply(object) != null) {
                    digests.put(kind, checksum.apply(object));
                }
            });
        }
        return digests;
    }

    /** A checksum of checksums depends on where the parts end: when it differs, the bytes may still be the same. */
    private static SameContent byChecksum(HeadObjectResponse one, HeadObjectResponse other) {
        if (!Objects.equals(one.checksumType(), other.checksumType())) {
            return OPEN;
        }
        boolean whole = one.checksumType() == ChecksumType.FULL_OBJECT;
        return CHECKSUMS.values().stream()
                .filter(algorithm -> algorithm.apply(one) != null && algorithm.apply(other) != null)
                .findFirst()
                .map(algorithm ->
                        algorithm.apply(one).equals(algorithm.apply(other)) ? PROVED : whole ? DISPROVED : OPEN)
                .orElse(OPEN);
    }

    private static boolean hasMd5(HeadObjectResponse object) {
        return isMd5(object.eTag(), object.serverSideEncryption()) && object.sseCustomerAlgorithm() == null;
    }

    /** Whether a tag is the MD5 of what it stands for. */
    static boolean isMd5(String written, ServerSideEncryption encryption) {
        return MD5.matcher(ETag.bare(written)).matches()
                && (encryption == null || encryption == ServerSideEncryption.AES256);
    }
}
