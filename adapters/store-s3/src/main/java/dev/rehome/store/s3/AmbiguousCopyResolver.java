package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.process.BoundedParallel;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.SameContent;
import dev.rehome.common.store.StoreUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Decides the result of a copy by inspecting source and target if S3's response doesn't. Safe for use by any thread. */
record AmbiguousCopyResolver(
        S3Requests requests, MultipartRequests uploads, S3CopySettings settings, Executor threads) {
    private static final int PARTS_AT_A_TIME = 4;
    /** S3 takes 10,000 parts in an upload, and each range needs two. */
    private static final int MOST_RANGES = 5_000;

    /** The target exists already: the same content counts as copied, different content is a conflict. */
    CopyResult resolveExisting(CopyRequest copy) {
        HeadObjectResponse source = requests.head(copy.source());
        HeadObjectResponse target = requests.look(copy.target())
                .orElseThrow(() -> new StoreUnavailable(copy + ": the target existed and is gone", false, null));
        return switch (compare(copy, source, target)) {
            case SAME -> copied(copy, target);
            case DIFFERENT -> conflict(copy, source, target, "another object is at the target");
            case UNKNOWN ->
                conflict(copy, source, target, "an object is at the target, and S3 would not compare the two");
        };
    }

    /** The response doesn't show whether the copy was made: it was if the source's content is at the target. */
    CopyResult resolveAmbiguous(CopyRequest copy, S3Failure ambiguous) {
        Optional<HeadObjectResponse> target = requests.look(copy.target());
        if (target.isEmpty()) {
            throw unavailable(copy, ambiguous, "the target is not there");
        }
        HeadObjectResponse source = requests.head(copy.source());
        if (compare(copy, source, target.get()) != SameContent.SAME) {
            throw unavailable(copy, ambiguous, "the target is not the source's copy");
        }
        return copied(copy, target.get());
    }

    private static StoreUnavailable unavailable(CopyRequest copy, S3Failure ambiguous, String found) {
        return new StoreUnavailable(copy + ": " + ambiguous.getMessage() + "; " + found, false, ambiguous);
    }

    private static CopyResult copied(CopyRequest copy, HeadObjectResponse target) {
        String etag = S3ObjectStat.etag(target.eTag());
        return etag.isEmpty()
                ? Refusal.ofObject(
                        FailureCode.REJECTED,
                        copy + ": expected an ETag as proof of the copy, but this server gives the target none")
                : new CopyResult.Copied(
                        copy.target(), ContentProof.etag(etag), OptionalLong.of(target.contentLength()));
    }

    private static CopyResult conflict(
            CopyRequest copy, HeadObjectResponse source, HeadObjectResponse target, String found) {
        return Refusal.ofObject(
                FailureCode.TARGET_CONFLICT,
                "%s: %s: %d bytes with ETag %s, the source has %d bytes with ETag %s. OVERWRITE_TARGETS=true replaces it."
                        .formatted(
                                copy,
                                found,
                                target.contentLength(),
                                S3ObjectStat.etag(target.eTag()),
                                source.contentLength(),
                                S3ObjectStat.etag(source.eTag())));
    }

    /**
     * Compares the contents of source and target. Returns unknown if S3 refuses to; throws {@link S3Failure} if repeating it
     * may help, as it does when one of the objects changes meanwhile.
     */
    private SameContent compare(CopyRequest copy, HeadObjectResponse source, HeadObjectResponse target) {
        SameContent described = S3ObjectStat.of(source).compareContent(S3ObjectStat.of(target));
        if (described != SameContent.UNKNOWN) {
            return described;
        }
        try {
            return compareBytes(copy, source, target);
        } catch (S3Failure failure) {
            if (failure.isRetryable() || failure.kind() == S3Failure.Kind.PRECONDITION) {
                throw failure;
            }
            return SameContent.UNKNOWN;
        }
    }

    /**
     * Lets S3 compare the bytes: both objects are copied, range by range, into the parts of an upload that is always
     * aborted, and S3 returns each part's digest. Nothing becomes visible.
     */
    private SameContent compareBytes(CopyRequest copy, HeadObjectResponse source, HeadObjectResponse target) {
        CreateMultipartUploadResponse upload =
                uploads.create(copy.target(), parts -> parts.checksumAlgorithm(ChecksumAlgorithm.SHA256));
        try {
            List<PartRange> ranges = PartRange.divide(source.contentLength(), settings.partSize(), MOST_RANGES);
            // S3 refuses a range of an object of less than 5 MiB, so one that fits is taken whole.
            boolean whole = source.contentLength() <= settings.multipartThreshold();
            CopyRequest back = new CopyRequest(copy.target(), copy.target());
            List<SameContent> results =
                    BoundedParallel.run(threads, PARTS_AT_A_TIME, whole ? 1 : ranges.size(), number -> {
                        PartRange range = whole ? null : ranges.get(number);
                        int part = 2 * number + 1;
                        return compareDigests(
                                uploads.copyPart(copy, upload.uploadId(), part, range, source.eTag()),
                                uploads.copyPart(back, upload.uploadId(), part + 1, range, target.eTag()),
                                upload);
                    });
            return combine(results);
        } finally {
            uploads.abort(copy.target(), upload.uploadId());
        }
    }

    private static SameContent compareDigests(
            CopyPartResult one, CopyPartResult other, CreateMultipartUploadResponse upload) {
        if (one.checksumSHA256() != null && other.checksumSHA256() != null) {
            return one.checksumSHA256().equals(other.checksumSHA256()) ? SameContent.SAME : SameContent.DIFFERENT;
        }
        if (S3ObjectStat.etag(one.eTag()).equals(S3ObjectStat.etag(other.eTag()))) {
            return SameContent.SAME;
        }
        boolean digests = S3ObjectStat.isMd5(one.eTag(), upload.serverSideEncryption())
                && S3ObjectStat.isMd5(other.eTag(), upload.serverSideEncryption());
        return digests ? SameContent.DIFFERENT : SameContent.UNKNOWN;
    }

    private static SameContent combine(List<SameContent> ranges) {
        if (ranges.contains(SameContent.DIFFERENT)) {
            return SameContent.DIFFERENT;
        }
        return ranges.contains(SameContent.UNKNOWN) ? SameContent.UNKNOWN : SameContent.SAME;
    }
}
