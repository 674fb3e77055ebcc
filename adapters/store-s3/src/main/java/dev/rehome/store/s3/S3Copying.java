package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ServerSideCopy;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.store.s3.S3CopySettings.Verification;
import dev.rehome.store.s3.S3Failure.Kind;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;

/** Copies by CopyObject: one request where nothing is out of the ordinary. */
final class S3Copying implements ServerSideCopy {
    private final S3KeyRules keys = new S3KeyRules();
    private final S3Requests requests;
    private final TargetGuard guard;
    private final Settlement settlement;
    private final MultipartCopy multipart;
    private final S3CopySettings settings;

    S3Copying(S3Requests requests, Settlement settlement, MultipartCopy multipart, S3CopySettings settings) {
        this.requests = requests;
        this.guard = new TargetGuard(requests);
        this.settlement = settlement;
        this.multipart = multipart;
        this.settings = settings;
    }

    @Override
    public CompletionStage<CopyResult> copy(Location source, Location target) {
        Optional<CopyResult.Refused> refusal = keys.refusal(source).or(() -> keys.refusal(target));
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get());
        }
        Route route = new Route(source, target);
        CompletableFuture<CopyResult> result = new CompletableFuture<>();
        guarded(route).whenComplete((done, trouble) -> {
            if (trouble == null) {
                result.complete(done);
            } else {
                end(route, result, S3Failure.cause(trouble));
            }
        });
        return result;
    }

    private static void end(Route route, CompletableFuture<CopyResult> result, Throwable trouble) {
        if (trouble instanceof StoreUnavailable) {
            result.completeExceptionally(trouble);
            return;
        }
        S3Failure failure = S3Failure.of(trouble);
        if (failure.isPassing() || failure.kind() == Kind.PRECONDITION) {
            result.completeExceptionally(failure.unavailable(route));
        } else {
            result.complete(failure.refused(route));
        }
    }

    private CompletableFuture<CopyResult> guarded(Route route) {
        if (settings.overwrite() || guard.isTrusted()) {
            return sized(route);
        }
        return requests.look(route.target())
                .thenCompose(target -> target.isPresent() ? settlement.ofExisting(route) : sized(route));
    }

    /** With a threshold below S3's own, the size decides; what HEAD refuses the copy will refuse with a code. */
    private CompletableFuture<CopyResult> sized(Route route) {
        if (!settings.needsSizeFirst()) {
            return inOneRequest(route);
        }
        return requests.head(route.source())
                .thenApply(source -> source.contentLength() > settings.multipartThreshold())
                .exceptionallyCompose(trouble -> S3Failure.of(trouble).isPassing()
                        ? CompletableFuture.failedFuture(trouble)
                        : CompletableFuture.completedFuture(false))
                .thenCompose(large -> large ? multipart.copy(route) : inOneRequest(route));
    }

    private CompletableFuture<CopyResult> inOneRequest(Route route) {
        return requests.copy(route, !settings.overwrite(), null)
                .thenCompose(answer -> answered(route, answer))
                .exceptionallyCompose(trouble -> {
                    if (S3Failure.cause(trouble) instanceof StoreUnavailable) {
                        return CompletableFuture.failedFuture(trouble);
                    }
                    S3Failure failure = S3Failure.of(trouble);
                    return switch (failure.kind()) {
                        case PRECONDITION -> {
                            guard.refusedOnce();
                            yield settlement.ofExisting(route);
                        }
                        case UNANSWERED -> settlement.ofDoubt(route, failure);
                        case UNSUITABLE -> inPartsIfLarge(route, failure);
                        default -> CompletableFuture.failedFuture(failure);
                    };
                });
    }

    private CompletableFuture<CopyResult> answered(Route route, CopyObjectResponse answer) {
        String tag = tag(answer);
        if (tag.isEmpty()) {
            return CompletableFuture.failedFuture(S3FailureCodes.unanswered("the answer has no ETag", null));
        }
        CompletableFuture<Optional<String>> trial =
                settings.overwrite() ? CompletableFuture.completedFuture(Optional.empty()) : guard.tryWith(route);
        return settings.verification() == Verification.HEAD
                ? trial.thenCompose(again -> verified(route, again.orElse(tag)))
                : trial.thenApply(again -> new CopyResult.Copied(again.orElse(tag), OptionalLong.empty(), true));
    }

    /** The ETag in the answer to a copy; empty when it tells none. */
    static String tag(CopyObjectResponse answer) {
        return answer.copyObjectResult() == null
                ? ""
                : ETag.bare(answer.copyObjectResult().eTag());
    }

    private CompletableFuture<CopyResult> verified(Route route, String tag) {
        return requests.look(route.target()).thenCompose(target -> {
            if (target.isEmpty()) {
                return CompletableFuture.failedFuture(
                        new StoreUnavailable(route + ": the copy is not there any more", false, null));
            }
            long size = target.get().contentLength();
            return requests.head(route.source())
                    .thenApply(source -> SameContent.of(source, target.get()) == SameContent.DISPROVED
                            ? new CopyResult.Refused(
                                    FailureCode.SOURCE_CHANGED,
                                    "%s: the source was overwritten after its copy; remove the copy or use OVERWRITE_TARGETS=true"
                                            .formatted(route))
                            : new CopyResult.Copied(tag, OptionalLong.of(size), true));
        });
    }

    private CompletableFuture<CopyResult> inPartsIfLarge(Route route, S3Failure refusal) {
        return requests.head(route.source())
                .thenApply(source -> source.contentLength() > settings.multipartThreshold())
                .exceptionallyCompose(trouble -> S3Failure.of(trouble).isPassing()
                        ? CompletableFuture.failedFuture(trouble)
                        : CompletableFuture.completedFuture(false))
                .thenCompose(large ->
                        large ? multipart.copy(route) : CompletableFuture.completedFuture(refusal.refused(route)));
    }
}
