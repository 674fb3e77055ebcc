package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.SameContent;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.common.store.Transfer;
import dev.rehome.store.s3.S3CopySettings.Verification;
import dev.rehome.store.s3.S3Failure.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Copies inside one endpoint. The ordinary copy is one asynchronous CopyObject request whose response proves it.
 * Everything else is blocking code on a small pool: a target that must be looked at first, a response that isn't a
 * proof, an object that is too large for one request.
 */
final class S3ServerSideCopy implements Transfer {
    /** How long other copies wait for the first one, whose object may be large. */
    private static final Duration FIRST_AT_MOST = Duration.ofSeconds(2);

    private final S3KeyRules keys = new S3KeyRules();
    private final S3Requests requests;
    private final ConditionalCopyProbe probe;
    private final AmbiguousCopyResolver resolver;
    private final S3MultipartCopy multipart;
    private final S3CopySettings settings;
    private final SendDeadline deadline;
    private final Executor threads;
    /** Done when the first copy is: it probes the server, and hundreds of others would look at their targets meanwhile. */
    private final AtomicReference<CompletableFuture<Void>> first = new AtomicReference<>();

    S3ServerSideCopy(
            S3Requests requests,
            ConditionalCopyProbe probe,
            AmbiguousCopyResolver resolver,
            S3MultipartCopy multipart,
            S3CopySettings settings,
            SendDeadline deadline,
            Executor threads) {
        this.requests = requests;
        this.probe = probe;
        this.resolver = resolver;
        this.multipart = multipart;
        this.settings = settings;
        this.deadline = deadline;
        this.threads = threads;
    }

    @Override
    public CompletionStage<CopyResult> copy(Location source, Location target) {
        Optional<Refusal> refusal = keys.refusal(source).or(() -> keys.refusal(target));
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get());
        }
        CopyRequest copy = new CopyRequest(source, target);
        // Whatever delays the copy from here on, the caller's check of its lease is of this moment.
        Duration checkedAt = deadline.now();
        CompletableFuture<CopyResult> result = new CompletableFuture<>();
        CompletableFuture<Void> mine = new CompletableFuture<>();
        if (first.compareAndSet(null, mine)) {
            mine.completeOnTimeout(null, FIRST_AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
            result.whenComplete((copied, failure) -> mine.complete(null));
            begin(copy, checkedAt, result);
        } else {
            // Nearly always complete; then this runs at once.
            first.get().whenComplete((done, never) -> begin(copy, checkedAt, result));
        }
        return result;
    }

    private void begin(CopyRequest copy, Duration checkedAt, CompletableFuture<CopyResult> result) {
        if (isOrdinary()) {
            requests.copyAsync(copy, !settings.overwrite(), checkedAt).whenComplete((etag, failure) -> {
                if (failure != null) {
                    finish(copy, result, () -> resolve(copy, S3Failure.of(failure)));
                } else if (etag.isEmpty()) {
                    finish(copy, result, () -> resolve(copy, noETag()));
                } else {
                    result.complete(copied(copy, etag, OptionalLong.empty()));
                }
            });
        } else {
            finish(copy, result, () -> copyStepByStep(copy, checkedAt));
        }
    }

    /** Whether one request copies safely and its response is all the proof that is wanted. */
    private boolean isOrdinary() {
        return (settings.overwrite() || probe.isHonoured())
                && !settings.needsSizeFirst()
                && settings.verification() == Verification.ETAG;
    }

    /** Completes the result with what blocking code returns or throws. */
    private void finish(CopyRequest copy, CompletableFuture<CopyResult> result, Supplier<CopyResult> blocking) {
        try {
            threads.execute(() -> {
                try {
                    result.complete(resultOf(copy, blocking));
                } catch (RuntimeException | Error trouble) {
                    result.completeExceptionally(trouble);
                }
            });
        } catch (RejectedExecutionException closed) {
            result.completeExceptionally(new StoreUnavailable(copy + ": the store is closed", false, closed));
        }
    }

    private static CopyResult resultOf(CopyRequest copy, Supplier<CopyResult> blocking) {
        try {
            return blocking.get();
        } catch (S3Failure failure) {
            return failure.refusal(copy);
        }
    }

    private CopyResult copyStepByStep(CopyRequest copy, Duration leaseCheckedAt) {
        // A target that may be overwritten isn't looked at: the lease alone protects it.
        Duration checkedAt = settings.overwrite() ? leaseCheckedAt : deadline.now();
        if (!settings.overwrite()
                && !probe.isHonoured()
                && requests.look(copy.target()).isPresent()) {
            return resolver.resolveExisting(copy);
        }
        if (settings.needsSizeFirst() && isTooLarge(copy)) {
            return multipart.copy(copy);
        }
        String etag;
        try {
            etag = requests.copyChecked(copy, !settings.overwrite() && probe.isImplemented(), checkedAt);
        } catch (S3Failure failure) {
            return resolve(copy, failure);
        }
        return etag.isEmpty() ? resolve(copy, noETag()) : verified(copy, etag);
    }

    private static S3Failure noETag() {
        return S3FailureCodes.ambiguous("the response has no ETag", null);
    }

    /** The result of a copy whose one request failed. */
    private CopyResult resolve(CopyRequest copy, S3Failure failure) {
        if (failure.kind() == Kind.PRECONDITION) {
            probe.targetWasProtected();
            return resolver.resolveExisting(copy);
        }
        if (failure.kind() == Kind.AMBIGUOUS) {
            return resolver.resolveAmbiguous(copy, failure);
        }
        if (failure.kind() == Kind.UNSUITABLE && isTooLarge(copy)) {
            return multipart.copy(copy);
        }
        if (failure.isNotImplemented() && !settings.overwrite() && probe.isImplemented()) {
            return copyWithoutCondition(copy);
        }
        throw failure;
    }

    private CopyResult copyWithoutCondition(CopyRequest copy) {
        Duration checkedAt = deadline.now();
        if (requests.look(copy.target()).isPresent()) {
            return resolver.resolveExisting(copy);
        }
        String etag = requests.copyChecked(copy, false, checkedAt);
        probe.conditionWasNotImplemented();
        return etag.isEmpty() ? resolve(copy, noETag()) : verified(copy, etag);
    }

    /** Whether the object needs parts. A source that can't be described is left to the copy, which fails with a code. */
    private boolean isTooLarge(CopyRequest copy) {
        try {
            return requests.head(copy.source()).contentLength() > settings.multipartThreshold();
        } catch (S3Failure failure) {
            if (failure.isRetryable()) {
                throw failure;
            }
            return false;
        }
    }

    private CopyResult verified(CopyRequest copy, String etag) {
        String latest = settings.overwrite() || !probe.isImplemented()
                ? etag
                : probe.probeWith(copy).orElse(etag);
        if (settings.verification() == Verification.ETAG) {
            return copied(copy, latest, OptionalLong.empty());
        }
        HeadObjectResponse target = requests.look(copy.target())
                .orElseThrow(() -> new StoreUnavailable(copy + ": the copy is not there any more", false, null));
        HeadObjectResponse source = requests.head(copy.source());
        return S3ObjectStat.of(source).compareContent(S3ObjectStat.of(target)) == SameContent.DIFFERENT
                ? Refusal.ofObject(
                        FailureCode.SOURCE_CHANGED,
                        copy + ": the source was overwritten after its copy; remove the copy or use"
                                + " OVERWRITE_TARGETS=true")
                : copied(copy, latest, OptionalLong.of(target.contentLength()));
    }

    private static CopyResult copied(CopyRequest copy, String etag, OptionalLong size) {
        return new CopyResult.Copied(copy.target(), ContentProof.etag(etag), size);
    }
}
