package dev.rehome.consumer.store.s3;

import java.util.List;
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
    private static final List<Function<HeadObjectResponse, String>> CHECKSUMS = List.of(
            HeadObjectResponse::checksumCRC64NVME,
            HeadObjectResponse::checksumSHA256,
            HeadObjectResponse::checksumSHA1,
            HeadObjectResponse::checksumCRC32C,
            HeadObjectResponse::checksumCRC32);

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

    /** A checksum of checksums depends on where the parts end: when it differs, the bytes may still be the same. */
    private static SameContent byChecksum(HeadObjectResponse one, HeadObjectResponse other) {
        if (!Objects.equals(one.checksumType(), other.checksumType())) {
            return OPEN;
        }
        boolean whole = one.checksumType() == ChecksumType.FULL_OBJECT;
        return CHECKSUMS.stream()
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
