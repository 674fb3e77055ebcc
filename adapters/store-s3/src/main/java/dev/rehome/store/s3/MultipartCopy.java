package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.CopyResult;
import dev.rehome.store.s3.S3Failure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * Copies an object that is too large for one request: by ranges, a few at a time, all pinned to one ETag of the source.
 * The target appears whole or not at all; on failure the parts are thrown away. Safe for use by any thread.
 */
final class MultipartCopy {
    private static final int LANES = 8;
    private static final int MOST_PARTS = 10_000;
    private static final int TRIES_OF_CHANGING_SOURCE = 3;

    private final S3Requests objects;
    private final MultipartRequests requests;
    private final Settlement settlement;
    private final S3CopySettings settings;

    MultipartCopy(S3Requests objects, MultipartRequests requests, Settlement settlement, S3CopySettings settings) {
        this.objects = objects;
        this.requests = requests;
        this.settlement = settlement;
        this.settings = settings;
    }

    /** Copies; the target is looked at first, for not every server knows a condition on completing an upload. */
    CompletableFuture<CopyResult> copy(Route route) {
        if (settings.overwrite()) {
            return copy(route, 1);
        }
        return objects.look(route.target())
                .thenCompose(target -> target.isPresent() ? settlement.ofExisting(route) : copy(route, 1));
    }

    private CompletableFuture<CopyResult> copy(Route route, int attempt) {
        return objects.head(route.source())
                .thenCompose(source -> describe(route, source))
                .thenCompose(source -> upload(route, source))
                .exceptionallyCompose(trouble -> {
                    if (!(S3Failure.cause(trouble) instanceof SourceChanged)) {
                        return CompletableFuture.failedFuture(trouble);
                    }
                    return attempt < TRIES_OF_CHANGING_SOURCE
                            ? copy(route, attempt + 1)
                            : CompletableFuture.completedFuture(new CopyResult.Refused(
                                    FailureCode.SOURCE_CHANGED,
                                    route + ": the source was overwritten during each of " + attempt + " copies"));
                });
    }

    private CompletableFuture<SourceDescription> describe(Route route, HeadObjectResponse source) {
        if (source.missingMeta() != null && source.missingMeta() > 0) {
            return CompletableFuture.failedFuture(new S3Failure(
                    Kind.REFUSED,
                    FailureCode.REJECTED,
                    "",
                    source.missingMeta() + " of the source's metadata entries can't be read through HTTP headers",
                    null));
        }
        return tags(route, source).thenApply(tags -> new SourceDescription(source, tags));
    }

    /** HEAD tells how many tags there are only to who may read them, so nothing told is no proof of none. */
    private CompletableFuture<List<Tag>> tags(Route route, HeadObjectResponse source) {
        return requests.tags(route.source()).exceptionallyCompose(trouble -> {
            S3Failure failure = S3Failure.of(trouble);
            return failure.isUnsupported() && source.tagCount() == null
                    ? CompletableFuture.completedFuture(List.of())
                    : CompletableFuture.failedFuture(failure);
        });
    }

    private CompletableFuture<CopyResult> upload(Route route, SourceDescription source) {
        return requests.create(route.target(), upload -> source.describe(upload, settings))
                .thenCompose(upload -> parts(route, upload.uploadId(), source.head())
                        .exceptionallyCompose(trouble -> aborted(route, upload.uploadId(), changed(trouble)))
                        .thenCompose(parts -> complete(route, upload.uploadId(), parts, source.head())));
    }

    private CompletableFuture<List<CompletedPart>> parts(Route route, String upload, HeadObjectResponse source) {
        List<PartRange> ranges = PartRange.divide(source.contentLength(), settings.partSize(), MOST_PARTS);
        return Lanes.run(
                        ranges.size(),
                        LANES,
                        number -> requests.copyPart(route, upload, number + 1, ranges.get(number), source.eTag()))
                .thenApply(MultipartCopy::completed);
    }

    private static List<CompletedPart> completed(List<CopyPartResult> results) {
        List<CompletedPart> parts = new ArrayList<>();
        for (CopyPartResult part : results) {
            parts.add(CompletedPart.builder()
                    .partNumber(parts.size() + 1)
                    .eTag(part.eTag())
                    .checksumCRC64NVME(part.checksumCRC64NVME())
                    .checksumCRC32(part.checksumCRC32())
                    .checksumCRC32C(part.checksumCRC32C())
                    .checksumSHA256(part.checksumSHA256())
                    .checksumSHA1(part.checksumSHA1())
                    .build());
        }
        return parts;
    }

    private CompletableFuture<CopyResult> complete(
            Route route, String upload, List<CompletedPart> parts, HeadObjectResponse source) {
        return requests.complete(route.target(), upload, parts)
                .thenApply(done -> ETag.bare(done.eTag()))
                .<CopyResult>thenApply(tag -> new CopyResult.Copied(tag, OptionalLong.of(source.contentLength()), true))
                .exceptionallyCompose(trouble -> {
                    S3Failure failure = S3Failure.of(trouble);
                    CompletableFuture<Void> ended = requests.abort(route.target(), upload);
                    if (failure.kind() == Kind.PRECONDITION) {
                        return ended.thenCompose(aborted -> settlement.ofExisting(route));
                    }
                    return failure.isPassing()
                            ? ended.thenCompose(aborted -> settlement.ofDoubt(route, failure))
                            : ended.thenCompose(aborted -> CompletableFuture.failedFuture(failure));
                });
    }

    private <T> CompletableFuture<T> aborted(Route route, String upload, Throwable trouble) {
        return requests.abort(route.target(), upload).thenCompose(done -> CompletableFuture.failedFuture(trouble));
    }

    private static Throwable changed(Throwable trouble) {
        S3Failure failure = S3Failure.of(trouble);
        return failure.kind() == Kind.PRECONDITION ? new SourceChanged() : failure;
    }

    /** The source has another ETag than at the start. */
    private static final class SourceChanged extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SourceChanged() {
            super("the source changed", null, false, false);
        }
    }
}
