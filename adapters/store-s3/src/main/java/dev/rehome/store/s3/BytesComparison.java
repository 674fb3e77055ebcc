package dev.rehome.store.s3;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Lets S3 itself compare two objects of one size, for when their descriptions prove nothing: both are copied, range by
 * range, into the parts of an upload that is always aborted, and S3 answers each part with its digest. Nothing becomes
 * visible and no byte passes through us. Safe for use by any thread.
 */
final class BytesComparison {
    private static final int LANES = 4;
    /** S3 takes 10,000 parts in an upload, and each range needs two. */
    private static final int MOST_RANGES = 5_000;

    private final MultipartRequests requests;
    private final S3CopySettings settings;

    BytesComparison(MultipartRequests requests, S3CopySettings settings) {
        this.requests = requests;
        this.settings = settings;
    }

    /**
     * Compares. Completes with open where S3 refuses to; fails with {@link S3Failure} where waiting may help, as it does
     * when one of the objects changes meanwhile.
     */
    CompletableFuture<SameContent> compare(Route route, HeadObjectResponse source, HeadObjectResponse target) {
        return requests.create(route.target(), upload -> upload.checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .thenCompose(upload -> compareRanges(route, source, target, upload)
                        .handle((same, trouble) -> requests.abort(route.target(), upload.uploadId())
                                .thenCompose(aborted -> trouble == null
                                        ? CompletableFuture.completedFuture(same)
                                        : CompletableFuture.<SameContent>failedFuture(trouble)))
                        .thenCompose(ended -> ended))
                .exceptionallyCompose(trouble -> {
                    S3Failure failure = S3Failure.of(trouble);
                    return failure.isPassing() || failure.kind() == S3Failure.Kind.PRECONDITION
                            ? CompletableFuture.failedFuture(failure)
                            : CompletableFuture.completedFuture(SameContent.OPEN);
                });
    }

    private CompletableFuture<SameContent> compareRanges(
            Route route, HeadObjectResponse source, HeadObjectResponse target, CreateMultipartUploadResponse upload) {
        List<PartRange> ranges = PartRange.divide(source.contentLength(), settings.partSize(), MOST_RANGES);
        // S3 refuses a range of an object of less than 5 MiB, so one that fits is taken whole.
        boolean whole = source.contentLength() <= settings.multipartThreshold();
        Route back = new Route(route.target(), route.target());
        return Lanes.run(whole ? 1 : ranges.size(), LANES, number -> {
                    PartRange range = whole ? null : ranges.get(number);
                    int part = 2 * number + 1;
                    return requests.copyPart(route, upload.uploadId(), part, range, source.eTag())
                            .thenCombine(
                                    requests.copyPart(back, upload.uploadId(), part + 1, range, target.eTag()),
                                    (one, other) -> sameDigest(one, other, upload));
                })
                .thenApply(BytesComparison::together);
    }

    private static SameContent sameDigest(
            CopyPartResult one, CopyPartResult other, CreateMultipartUploadResponse upload) {
        if (one.checksumSHA256() != null && other.checksumSHA256() != null) {
            return one.checksumSHA256().equals(other.checksumSHA256()) ? SameContent.PROVED : SameContent.DISPROVED;
        }
        if (ETag.bare(one.eTag()).equals(ETag.bare(other.eTag()))) {
            return SameContent.PROVED;
        }
        boolean told = SameContent.isMd5(one.eTag(), upload.serverSideEncryption())
                && SameContent.isMd5(other.eTag(), upload.serverSideEncryption());
        return told ? SameContent.DISPROVED : SameContent.OPEN;
    }

    private static SameContent together(List<SameContent> ranges) {
        if (ranges.contains(SameContent.DISPROVED)) {
            return SameContent.DISPROVED;
        }
        return ranges.contains(SameContent.OPEN) ? SameContent.OPEN : SameContent.PROVED;
    }
}
