package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.SameContent;
import dev.rehome.common.store.StoreUnavailable;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Decides the result of a copy by inspecting source and target if S3's response doesn't. Safe for use by any thread. */
final class AmbiguousCopyResolver {
    private final S3Requests requests;
    private final ContentComparison comparison;

    AmbiguousCopyResolver(S3Requests requests, ContentComparison comparison) {
        this.requests = requests;
        this.comparison = comparison;
    }

    /** The target exists already: the same content counts as copied, different content is a conflict. */
    CopyResult resolveExisting(CopyRequest copy) {
        HeadObjectResponse source = requests.head(copy.source());
        HeadObjectResponse target = requests.look(copy.target())
                .orElseThrow(() -> new StoreUnavailable(copy + ": the target existed and is gone", false, null));
        return switch (comparison.compare(copy, source, target)) {
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
        if (comparison.compare(copy, source, target.get()) != SameContent.SAME) {
            throw unavailable(copy, ambiguous, "the target is not the source's copy");
        }
        return copied(copy, target.get());
    }

    private static StoreUnavailable unavailable(CopyRequest copy, S3Failure ambiguous, String found) {
        return new StoreUnavailable(copy + ": " + ambiguous.getMessage() + "; " + found, false, ambiguous);
    }

    private static CopyResult copied(CopyRequest copy, HeadObjectResponse target) {
        String etag = ETag.bare(target.eTag());
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
                                ETag.bare(target.eTag()),
                                source.contentLength(),
                                ETag.bare(source.eTag())));
    }
}
