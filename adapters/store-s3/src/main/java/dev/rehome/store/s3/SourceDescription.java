package dev.rehome.store.s3;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * The headers and tags that S3 copies by itself with CopyObject, and that a multipart copy must set.
 *
 * @param head the source's headers
 * @param tags the source's tags
 */
record SourceDescription(HeadObjectResponse head, List<Tag> tags) {
    /** A copy in such a class could not be read, even if the source was restored. */
    private static final Set<StorageClass> ARCHIVES = Set.of(StorageClass.GLACIER, StorageClass.DEEP_ARCHIVE);

    SourceDescription {
        tags = List.copyOf(tags);
    }

    /** Sets headers, tags and checksum on the upload; the settings take precedence over the source. */
    void describe(CreateMultipartUploadRequest.Builder upload, S3CopySettings settings) {
        upload.cacheControl(head.cacheControl())
                .contentDisposition(head.contentDisposition())
                .contentEncoding(head.contentEncoding())
                .contentLanguage(head.contentLanguage())
                .contentType(head.contentType())
                .metadata(head.metadata())
                .acl(settings.target().acl().orElse(null))
                .storageClass(
                        settings.target().storageClass().or(this::ownClass).orElse(null));
        if (head.expiresString() != null) {
            // S3 keeps any text, but the SDK's own field takes a date only.
            upload.overrideConfiguration(request -> request.putHeader("Expires", head.expiresString()));
        }
        if (!tags.isEmpty()) {
            upload.tagging(Tagging.builder().tagSet(tags).build());
        }
        checksum().ifPresent(algorithm -> upload.checksumAlgorithm(algorithm).checksumType(type(algorithm)));
    }

    private Optional<String> ownClass() {
        return Optional.ofNullable(head.storageClassAsString()).filter(name -> !ARCHIVES.contains(head.storageClass()));
    }

    /** The source's algorithm, if it has a checksum. */
    private Optional<ChecksumAlgorithm> checksum() {
        return S3ObjectStat.CHECKSUMS.stream()
                .filter(checksum -> checksum.value().apply(head) != null)
                .map(S3ObjectStat.Checksum::algorithm)
                .findFirst();
    }

    /** S3 can combine the parts' checksums to one of the whole object for the CRC family only. */
    private static ChecksumType type(ChecksumAlgorithm algorithm) {
        return algorithm == ChecksumAlgorithm.SHA256 || algorithm == ChecksumAlgorithm.SHA1
                ? ChecksumType.COMPOSITE
                : ChecksumType.FULL_OBJECT;
    }
}
