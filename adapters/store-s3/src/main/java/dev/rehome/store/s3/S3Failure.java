package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/** One request that S3 didn't serve, classified by {@link S3FailureCodes}. */
final class S3Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kinds of failures, by the caller's options. */
    enum Kind {
        /** Permanent: repeating the request won't help. */
        REFUSED,
        /** A condition of the request does not hold: the target exists, or the source has another ETag. */
        PRECONDITION,
        /** The request doesn't suit the object, as when the object is too large for it. */
        UNSUITABLE,
        /** Retryable with fewer requests. The request had no effect. */
        THROTTLED,
        /** Retryable. The request had no effect. */
        UNAVAILABLE,
        /** The response is missing or unusable, so the request may have taken effect. */
        AMBIGUOUS
    }

    private final Kind kind;
    private final FailureCode code;
    private final String s3Code;

    /** {@code code} matters for permanent failures; {@code s3Code} is empty if S3 gave none. */
    S3Failure(Kind kind, FailureCode code, String s3Code, String message, Throwable cause) {
        super(message, cause, false, false);
        this.s3Code = Objects.requireNonNull(s3Code, "s3Code");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.code = Objects.requireNonNull(code, "code");
    }

    /** The failure that a future of {@link S3Requests} completed with. */
    static S3Failure of(Throwable trouble) {
        Throwable cause = trouble instanceof CompletionException ? trouble.getCause() : trouble;
        return cause instanceof S3Failure failure ? failure : S3FailureCodes.ambiguous(cause.toString(), cause);
    }

    Kind kind() {
        return kind;
    }

    /** Whether the object doesn't exist. */
    boolean isMissing() {
        return code == FailureCode.NOT_FOUND;
    }

    /** Whether the server doesn't implement the request, as some that are only compatible with S3. */
    boolean isNotImplemented() {
        return s3Code.equals("NotImplemented");
    }

    /** Whether an upload is over: completed or aborted. */
    boolean isUploadOver() {
        return s3Code.equals("NoSuchUpload");
    }

    /** Whether repeating the request later may help. */
    boolean isRetryable() {
        return kind == Kind.THROTTLED || kind == Kind.UNAVAILABLE || kind == Kind.AMBIGUOUS;
    }

    /**
     * A permanent failure as a value.
     *
     * @param where the location or the request, for the message
     * @throws StoreUnavailable if the failure is retryable; a precondition is, because the objects have changed
     */
    Refusal refusal(Object where) {
        if (isRetryable() || kind == Kind.PRECONDITION) {
            throw new StoreUnavailable(where + ": " + getMessage(), kind == Kind.THROTTLED, this);
        }
        return new Refusal(code, where + ": " + getMessage(), S3FailureCodes.scope(s3Code, code));
    }
}
