package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.StoreUnavailable;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/** One request that S3 did not do, classified. {@link S3FailureCodes} says what is what. */
final class S3Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the failure means for what comes next. */
    enum Kind {
        /** Asking again won't help. */
        REFUSED,
        /** A condition of the request does not hold: the target is there, or the source has another ETag. */
        PRECONDITION,
        /** The request as such doesn't suit the object; one that is too large is refused so. */
        UNSUITABLE,
        /** Slow down. The request had no effect. */
        THROTTLED,
        /** Later. The request had no effect. */
        UNAVAILABLE,
        /** No answer that can be understood: the request may have had its effect. */
        UNANSWERED
    }

    private final Kind kind;
    private final FailureCode code;
    private final String s3Code;

    /** {@code code} matters where asking again won't help; {@code s3Code} is empty where S3 gave none. */
    S3Failure(Kind kind, FailureCode code, String s3Code, String words, Throwable cause) {
        super(words, cause, false, false);
        this.s3Code = Objects.requireNonNull(s3Code, "s3Code");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.code = Objects.requireNonNull(code, "code");
    }

    Kind kind() {
        return kind;
    }

    FailureCode code() {
        return code;
    }

    /** Whether there is no such object. */
    boolean isMissing() {
        return code == FailureCode.NOT_FOUND;
    }

    /** Whether the server doesn't know such a request at all, as some that are only compatible with S3. */
    boolean isUnsupported() {
        return s3Code.equals("NotImplemented");
    }

    /** Whether an upload is over: completed or aborted. */
    boolean isUploadOver() {
        return s3Code.equals("NoSuchUpload");
    }

    /** Whether waiting may help. */
    boolean isPassing() {
        return kind == Kind.THROTTLED || kind == Kind.UNAVAILABLE || kind == Kind.UNANSWERED;
    }

    CopyResult.Refused refused(Route route) {
        CopyResult.Refused refused = new CopyResult.Refused(code, route + ": " + getMessage());
        return S3FailureCodes.isWholesale(s3Code) ? new CopyResult.Refused(code, refused.message(), true) : refused;
    }

    StoreUnavailable unavailable(Object where) {
        return new StoreUnavailable(where + ": " + getMessage(), kind == Kind.THROTTLED, this);
    }

    /** The failure behind what a future failed with. */
    static S3Failure of(Throwable trouble) {
        Throwable cause = cause(trouble);
        return cause instanceof S3Failure failure ? failure : S3FailureCodes.unanswered(cause.toString(), cause);
    }

    /** What a future failed with, out of its wrappings. */
    static Throwable cause(Throwable trouble) {
        Throwable cause = trouble;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
