package dev.rehome.store.s3;

import dev.rehome.common.process.MonotonicClock;
import java.time.Duration;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Sends a request soon or not at all, including each retry by the SDK.
 *
 * <p>A copy that no condition protects is safe only while the check before it still holds: that the target is absent, or
 * that the lease is ours. A process that was suspended after that check must not send the copy when it resumes, because
 * meanwhile the object may have been migrated by someone else and changed by the application.
 */
record SendDeadline(MonotonicClock clock) implements ExecutionInterceptor {
    /** Less than what is left of a lease of 15 s after a missed heartbeat, a third of it; the default is 60 s. */
    private static final Duration AT_MOST = Duration.ofSeconds(9);

    private static final ExecutionAttribute<Duration> CHECKED_AT = new ExecutionAttribute<>("CheckedAt");

    /**
     * The cause of a request that wasn't sent. The store is usually slow then, and fewer requests at a time would help.
     * Passed as a cause, because the SDK replaces the exception by one with the number of its attempts.
     */
    static final class CheckTooOld extends RuntimeException {
        private CheckTooOld(String message) {
            super(message, null, false, false);
        }
    }

    /** The time from which the deadline is counted: to be taken before the check on which the request relies. */
    Duration now() {
        return clock.now();
    }

    /** Adds the deadline to a request of the SDK. */
    void limit(RequestOverrideConfiguration.Builder<?> request, Duration checkedAt) {
        request.putExecutionAttribute(CHECKED_AT, checkedAt);
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Duration checkedAt = attributes.getAttribute(CHECKED_AT);
        if (checkedAt != null) {
            check(checkedAt);
        }
    }

    /** Fails if a request that relies on a check of that time must not be sent any more. */
    void check(Duration checkedAt) {
        Duration age = clock.now().minus(checkedAt);
        if (age.compareTo(AT_MOST) > 0) {
            String why = "the check that it relies on is older than " + AT_MOST.toSeconds() + " s";
            throw SdkClientException.create("not sent: " + why + "; it will be repeated", new CheckTooOld(why));
        }
    }
}
