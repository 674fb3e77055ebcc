package dev.rehome.store.s3;

import dev.rehome.store.s3.S3Failure.Kind;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether the server honours {@code If-None-Match: *} on a copy. Many S3-compatible servers ignore it and
 * overwrite, others don't implement it. So it is relied on only after a probe: the first copy is requested once more and
 * must fail with 412. Before that, and forever if the condition has no effect, each target is looked at before its copy.
 * Safe for use by any thread.
 */
final class ConditionalCopyProbe {
    private static final Logger LOG = LoggerFactory.getLogger(ConditionalCopyProbe.class);

    private enum Condition {
        UNKNOWN,
        BEING_PROBED,
        HONOURED,
        IGNORED,
        NOT_IMPLEMENTED
    }

    /** After this many refused probes the server is treated as one that ignores the condition. */
    private static final int TRIES = 3;

    private final S3Requests requests;
    private final AtomicInteger refusedProbes = new AtomicInteger();
    private final AtomicReference<Condition> condition = new AtomicReference<>(Condition.UNKNOWN);

    ConditionalCopyProbe(S3Requests requests) {
        this.requests = requests;
    }

    /** Whether the condition protects targets, so that they need not be looked at first. */
    boolean isHonoured() {
        return condition.get() == Condition.HONOURED;
    }

    /** Whether requests may carry the condition. */
    boolean isImplemented() {
        return condition.get() != Condition.NOT_IMPLEMENTED;
    }

    /** A copy failed with 412 because its target exists. */
    void targetWasProtected() {
        condition.compareAndSet(Condition.UNKNOWN, Condition.HONOURED);
        condition.compareAndSet(Condition.BEING_PROBED, Condition.HONOURED);
    }

    /** A copy failed with the condition and succeeded without it. */
    void conditionWasNotImplemented() {
        if (condition.getAndSet(Condition.NOT_IMPLEMENTED) != Condition.NOT_IMPLEMENTED) {
            LOG.warn(
                    "This server does not implement If-None-Match on CopyObject; looking at each target before its copy."
                            + " A target that is written between look and copy would be overwritten");
        }
    }

    /**
     * Probes the server with a copy that was just made, unless that was done before. Doesn't fail: a probe without a
     * result is repeated with the next copy.
     *
     * @return the ETag of a server that copied once more: with KMS it differs from the first copy's
     */
    Optional<String> probeWith(CopyRequest copied) {
        if (!condition.compareAndSet(Condition.UNKNOWN, Condition.BEING_PROBED)) {
            return Optional.empty();
        }
        Condition result = Condition.UNKNOWN;
        try {
            // The source's ETag is pinned, so that the probe can't write anything but what was just copied.
            String sourceETag = requests.head(copied.source()).eTag();
            try {
                String overwritten = requests.repeatCopy(copied, sourceETag);
                result = Condition.IGNORED;
                return Optional.of(overwritten).filter(etag -> !etag.isEmpty());
            } catch (S3Failure failure) {
                if (failure.kind() != Kind.PRECONDITION) {
                    throw failure;
                }
                // A source that changed meanwhile causes a 412 as well, and then the probe proves nothing.
                boolean unchanged =
                        sourceETag.equals(requests.head(copied.source()).eTag());
                result = unchanged ? Condition.HONOURED : Condition.UNKNOWN;
            }
        } catch (S3Failure failure) {
            result = afterFailure(failure);
        } finally {
            if (condition.compareAndSet(Condition.BEING_PROBED, result) && result == Condition.IGNORED) {
                LOG.warn(
                        "This server does not honour If-None-Match on CopyObject; looking at each target before its copy."
                                + " A target that is written between look and copy would be overwritten");
            }
        }
        return Optional.empty();
    }

    private Condition afterFailure(S3Failure failure) {
        return failure.isRetryable() || refusedProbes.incrementAndGet() < TRIES ? Condition.UNKNOWN : Condition.IGNORED;
    }
}
