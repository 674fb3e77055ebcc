package dev.rehome.store.s3;

import dev.rehome.common.process.BoundedParallel;
import dev.rehome.common.store.SameContent;
import java.util.List;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Compares two objects without reading them. If their descriptions prove nothing, S3 compares their bytes: both are
 * copied, range by range, into the parts of an upload that is always aborted, and S3 returns each part's digest. Nothing
 * becomes visible. Safe for use by any thread.
 */
final class ContentComparison {
    private static final int PARTS_AT_A_TIME = 4;
    /** S3 takes 10,000 parts in an upload, and each range needs two. */
    private static final int MOST_RANGES = 5_000;

    private final MultipartRequests requests;
    private final S3CopySettings settings;
    private final Executor threads;

    ContentComparison(MultipartRequests requests, S3CopySettings settings, Executor threads) {
        this.requests = requests;
        this.settings = settings;
        this.threads = threads;
    }

    /**
     * Compares. Returns unknown if S3 refuses to; throws {@link S3Failure} if repeating it may help, as it does when one
     * of the objects changes meanwhile.
     */
    SameContent compare(CopyRequest copy, HeadObjectResponse source, HeadObjectResponse target) {
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

    private SameContent compareBytes(CopyRequest copy, HeadObjectResponse source, HeadObjectResponse target) {
        CreateMultipartUploadResponse upload =
                requests.create(copy.target(), parts -> parts.checksumAlgorithm(ChecksumAlgorithm.SHA256));
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
                                requests.copyPart(copy, upload.uploadId(), part, range, source.eTag()),
                                requests.copyPart(back, upload.uploadId(), part + 1, range, target.eTag()),
                                upload);
                    });
            return combine(results);
        } finally {
            requests.abort(copy.target(), upload.uploadId());
        }
    }

    private static SameContent compareDigests(
            CopyPartResult one, CopyPartResult other, CreateMultipartUploadResponse upload) {
        if (one.checksumSHA256() != null && other.checksumSHA256() != null) {
            return one.checksumSHA256().equals(other.checksumSHA256()) ? SameContent.SAME : SameContent.DIFFERENT;
        }
        if (ETag.bare(one.eTag()).equals(ETag.bare(other.eTag()))) {
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
