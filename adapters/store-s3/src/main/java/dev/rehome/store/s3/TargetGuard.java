package dev.rehome.store.s3;

import dev.rehome.store.s3.S3Failure.Kind;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the server honours {@code If-None-Match: *} on a copy. Many S3-compatible servers ignore it and
 * overwrite, so it is believed only when seen: after the first copy the same copy is asked for again and must be refused
 * with 412. Until then, and for good where it is ignored, targets are looked at before each copy. Safe for use by any
 * thread.
 */
final class TargetGuard {
    private static final Logger LOG = LoggerFactory.getLogger(TargetGuard.class);

    private enum Condition {
        UNKNOWN,
        ON_TRIAL,
        HONOURED,
        IGNORED
    }

    /** A server that won't answer the question is treated as one that ignores the condition. */
    private static final int TRIALS = 3;

    private final S3Requests requests;
    private final AtomicInteger hungTrials = new AtomicInteger();
    private final AtomicReference<Condition> condition = new AtomicReference<>(Condition.UNKNOWN);

    TargetGuard(S3Requests requests) {
        this.requests = requests;
    }

    /** Whether the condition protects a target, so that it need not be looked at first. */
    boolean isTrusted() {
        return condition.get() == Condition.HONOURED;
    }

    /** A copy was refused because its target is there. */
    void refusedOnce() {
        condition.compareAndSet(Condition.UNKNOWN, Condition.HONOURED);
        condition.compareAndSet(Condition.ON_TRIAL, Condition.HONOURED);
    }

    /**
     * Puts the server on trial with a copy that was just made, unless that was done before. Completes when it is over,
     * without failing: a trial without a verdict is repeated with the next copy.
     *
     * @return completes with the ETag of a server that made the copy once more: under KMS it is another than the first
     */
    CompletableFuture<Optional<String>> tryWith(Route copied) {
        if (!condition.compareAndSet(Condition.UNKNOWN, Condition.ON_TRIAL)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        AtomicReference<String> overwritten = new AtomicReference<>("");
        return requests.head(copied.source())
                .thenCompose(source -> repeat(copied, source.eTag(), overwritten))
                .exceptionally(trouble -> S3Failure.of(trouble).isPassing() ? Condition.UNKNOWN : unanswered())
                .thenApply(verdict -> {
                    if (condition.compareAndSet(Condition.ON_TRIAL, verdict) && verdict == Condition.IGNORED) {
                        LOG.warn(
                                "This server does not honour If-None-Match on CopyObject: looking at each target before its"
                                        + " copy. A target written between look and copy would be overwritten.");
                    }
                    return Optional.of(overwritten.get()).filter(tag -> !tag.isEmpty());
                });
    }

    private Condition unanswered() {
        return hungTrials.incrementAndGet() < TRIALS ? Condition.UNKNOWN : Condition.IGNORED;
    }

    /** The source's ETag is pinned, so that nothing but what was just copied can be written by the trial. */
    private CompletableFuture<Condition> repeat(Route copied, String sourceETag, AtomicReference<String> overwritten) {
        return requests.copy(copied, true, sourceETag)
                .thenApply(answer -> {
                    overwritten.set(S3Copying.tag(answer));
                    return Condition.IGNORED;
                })
                .exceptionallyCompose(trouble -> S3Failure.of(trouble).kind() == Kind.PRECONDITION
                        ? refusedForTarget(copied, sourceETag)
                        : CompletableFuture.failedFuture(trouble));
    }

    /** A source that changed meanwhile is refused with 412 too, and then nothing is proved. */
    private CompletableFuture<Condition> refusedForTarget(Route copied, String sourceETag) {
        return requests.head(copied.source())
                .thenApply(source -> sourceETag.equals(source.eTag()) ? Condition.HONOURED : Condition.UNKNOWN);
    }
}
