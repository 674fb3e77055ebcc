package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.StoreUnavailable;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Decides by looking at source and target what S3's answer left open. Safe for use by any thread. */
final class Settlement {
    private final S3Requests requests;
    private final BytesComparison bytes;

    Settlement(S3Requests requests, BytesComparison bytes) {
        this.requests = requests;
        this.bytes = bytes;
    }

    /** The target is there already: the same content is as good as a copy, other content is a conflict. */
    CompletableFuture<CopyResult> ofExisting(Route route) {
        return requests.head(route.source())
                .thenCompose(source -> requests.look(route.target())
                        .thenCompose(target -> target.map(found -> judge(route, source, found))
                                .orElseGet(() -> later(route, "the target was there and is gone again", null))));
    }

    private CompletableFuture<CopyResult> judge(Route route, HeadObjectResponse source, HeadObjectResponse target) {
        return compare(route, source, target).thenApply(same -> switch (same) {
            case PROVED -> copied(route, target, false);
            case DISPROVED -> conflict(route, source, target, "another object is at the target");
            case OPEN ->
                conflict(route, source, target, "an object is at the target, and S3 would not compare the two");
        });
    }

    /** S3's answer does not tell whether the copy was made: it was if the source's content is at the target. */
    CompletableFuture<CopyResult> ofDoubt(Route route, S3Failure doubt) {
        return requests.look(route.target()).thenCompose(target -> {
            if (target.isEmpty()) {
                return later(route, doubt.getMessage() + "; the target is not there", doubt);
            }
            return requests.head(route.source())
                    .thenCompose(source -> compare(route, source, target.get()))
                    .thenCompose(same -> same == SameContent.PROVED
                            ? CompletableFuture.completedFuture(copied(route, target.get(), true))
                            : later(route, doubt.getMessage() + "; the target is not the source's copy", doubt));
        });
    }

    private CompletableFuture<SameContent> compare(Route route, HeadObjectResponse source, HeadObjectResponse target) {
        SameContent told = SameContent.of(source, target);
        return told == SameContent.OPEN
                ? bytes.compare(route, source, target)
                : CompletableFuture.completedFuture(told);
    }

    private static CopyResult copied(Route route, HeadObjectResponse target, boolean moved) {
        String tag = ETag.bare(target.eTag());
        return tag.isEmpty()
                ? new CopyResult.Refused(
                        FailureCode.REJECTED, route + ": this server gives the target no ETag, so nothing proves it")
                : new CopyResult.Copied(tag, OptionalLong.of(target.contentLength()), moved);
    }

    private static CopyResult conflict(Route route, HeadObjectResponse source, HeadObjectResponse target, String what) {
        return new CopyResult.Refused(
                FailureCode.TARGET_CONFLICT,
                "%s: %s: %d bytes with ETag %s, the source has %d bytes with ETag %s. OVERWRITE_TARGETS=true replaces it."
                        .formatted(
                                route,
                                what,
                                target.contentLength(),
                                ETag.bare(target.eTag()),
                                source.contentLength(),
                                ETag.bare(source.eTag())));
    }

    private static CompletableFuture<CopyResult> later(Route route, String why, Throwable cause) {
        return CompletableFuture.failedFuture(new StoreUnavailable(route + ": " + why, false, cause));
    }
}
