package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.Refusal;
import dev.rehome.store.s3.S3Failure.Kind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Classifies S3's errors. The error code decides, not the HTTP status: S3 sends errors with status 200, and one status
 * covers both retryable and permanent errors. The status decides only if there is no code, as in the response to HEAD,
 * which has no body, or if the code is unknown.
 */
final class S3FailureCodes {
    private static final Set<String> THROTTLED = codes("""
            SlowDown SlowDownRead SlowDownWrite ServiceUnavailable Busy BandwidthLimitExceeded RequestLimitExceeded
            Throttling ThrottlingException ThrottledException RequestThrottled RequestThrottledException
            TooManyRequests TooManyRequestsException""");
    private static final Set<String> RETRYABLE = codes("""
            InternalError InternalFailure RequestTimeout RequestTimeTooSkewed RequestExpired OperationAborted
            ConditionalRequestConflict ExpiredToken ExpiredTokenException TokenRefreshRequired NoSuchUpload""");
    private static final Map<FailureCode, Set<String>> PERMANENT = Map.of(
            FailureCode.NOT_FOUND, codes("NoSuchKey NoSuchVersion"),
            FailureCode.ACCESS_DENIED, codes("""
                    AccessDenied AccessDeniedException AllAccessDisabled AccountProblem UnauthorizedAccess
                    InvalidAccessKeyId InvalidToken SignatureDoesNotMatch"""),
            FailureCode.ARCHIVED, codes("InvalidObjectState ObjectNotInActiveTierError"),
            FailureCode.KEY_TOO_LONG, codes("KeyTooLongError KeyTooLong"));
    private static final Set<String> UNSUITABLE = codes("InvalidRequest EntityTooLarge");
    /** A wrong bucket, region or setting: S3 refuses every object with these codes. */
    private static final Set<String> OF_EVERY_OBJECT = codes("""
            NoSuchBucket PermanentRedirect AuthorizationHeaderMalformed AccessControlListNotSupported
            InvalidStorageClass""");

    private static final Map<String, String> ADVICE = Map.of(
            "NoSuchBucket", "Check SOURCE_S3_BUCKET and TARGET_S3_BUCKET.",
            "PermanentRedirect", "Set AWS_REGION to the target bucket's region.",
            "AuthorizationHeaderMalformed", "Set AWS_REGION to the target bucket's region.",
            "AccessControlListNotSupported",
                    "The target bucket has ACLs disabled: remove TARGET_ACL, or enable ACLs on the bucket.",
            "InvalidStorageClass", "Correct TARGET_STORAGE_CLASS.",
            "InvalidObjectState", "Restore the object (s3:RestoreObject), wait until it is readable, then run again.",
            "ObjectNotInActiveTierError", "Restore the object (s3:RestoreObject), wait, then run again.");
    /** S3 names the missing action if the request is within one account. */
    private static final Pattern ACTION = Pattern.compile("not authorized to perform: ([\\w:]+)");

    private S3FailureCodes() {}

    private static Set<String> codes(String list) {
        return Set.of(list.split("\\s+"));
    }

    /**
     * Classifies what a request failed with.
     *
     * @param trouble the SDK's exception, or a {@link CompletionException} around it
     * @param bodyless whether the response to this request never has a body, and so no code
     * @param permissions the permissions that the request needs, for the message
     */
    static S3Failure classify(Throwable trouble, boolean bodyless, String permissions) {
        Throwable cause =
                trouble instanceof CompletionException && trouble.getCause() != null ? trouble.getCause() : trouble;
        if (cause.getCause() instanceof SendDeadline.CheckTooOld) {
            return new S3Failure(Kind.THROTTLED, FailureCode.REJECTED, "", cause.getMessage(), cause);
        }
        if (!(cause instanceof AwsServiceException error)) {
            return ambiguous(cause.toString(), cause);
        }
        String code = bodyless ? "" : code(error);
        if (code.isEmpty() && error.statusCode() == 501) {
            code = "NotImplemented";
        }
        boolean coded = !code.isEmpty();
        Kind kind = coded ? kind(code, error.statusCode()) : kind(error.statusCode(), bodyless);
        FailureCode meaning = coded ? meaning(code) : meaning(error.statusCode(), bodyless);
        return new S3Failure(kind, meaning, code, words(error, code, meaning, permissions), error);
    }

    /** The objects that a permanent failure affects. A missing right or an unusable encryption key may affect one or all. */
    static Refusal.Scope scope(String s3Code, FailureCode code) {
        if (OF_EVERY_OBJECT.contains(s3Code)) {
            return Refusal.Scope.EVERY_OBJECT;
        }
        return code == FailureCode.ACCESS_DENIED || code == FailureCode.ENCRYPTION
                ? Refusal.Scope.UNCERTAIN
                : Refusal.Scope.OBJECT;
    }

    private static String code(AwsServiceException error) {
        AwsErrorDetails details = error.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    /** A request without a usable response. */
    static S3Failure ambiguous(String why, Throwable cause) {
        return new S3Failure(Kind.AMBIGUOUS, FailureCode.REJECTED, "", "no usable response: " + why, cause);
    }

    private static Kind kind(String code, int status) {
        if (THROTTLED.contains(code) || code.startsWith("KMS.Throttl")) {
            return Kind.THROTTLED;
        }
        if (RETRYABLE.contains(code) || code.startsWith("KMS.Internal") || code.startsWith("KMS.Dependency")) {
            return Kind.UNAVAILABLE;
        }
        if (code.equals("PreconditionFailed")) {
            return Kind.PRECONDITION;
        }
        if (UNSUITABLE.contains(code)) {
            return Kind.UNSUITABLE;
        }
        boolean known = meaning(code) != FailureCode.REJECTED;
        return known || status / 100 == 4 || status == 501 || status / 100 == 3 ? Kind.REFUSED : Kind.UNAVAILABLE;
    }

    private static FailureCode meaning(String code) {
        if (code.startsWith("KMS.")) {
            return FailureCode.ENCRYPTION;
        }
        if (code.startsWith("AccessDenied")) {
            return FailureCode.ACCESS_DENIED;
        }
        return PERMANENT.entrySet().stream()
                .filter(meaning -> meaning.getValue().contains(code))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(FailureCode.REJECTED);
    }

    private static Kind kind(int status, boolean bodyless) {
        return switch (status) {
            case 429, 503 -> Kind.THROTTLED;
            case 401, 403 -> Kind.REFUSED;
            case 412 -> Kind.PRECONDITION;
            case 400, 404, 405 -> bodyless ? Kind.REFUSED : Kind.AMBIGUOUS;
            default -> Kind.AMBIGUOUS;
        };
    }

    private static FailureCode meaning(int status, boolean bodyless) {
        return switch (status) {
            case 401, 403 -> FailureCode.ACCESS_DENIED;
            case 404 -> bodyless ? FailureCode.NOT_FOUND : FailureCode.REJECTED;
            default -> FailureCode.REJECTED;
        };
    }

    private static String words(AwsServiceException error, String code, FailureCode meaning, String permissions) {
        StringBuilder words = new StringBuilder(code.isEmpty() ? "HTTP status " + error.statusCode() : code);
        String message =
                error.awsErrorDetails() == null ? null : error.awsErrorDetails().errorMessage();
        if (message != null && !message.isEmpty()) {
            words.append(": ").append(message);
        }
        if (meaning == FailureCode.ACCESS_DENIED) {
            words.append(" Likely missing: ")
                    .append(missing(message, permissions))
                    .append('.');
        }
        if (ADVICE.containsKey(code)) {
            words.append(' ').append(ADVICE.get(code));
        }
        if (error.requestId() != null) {
            words.append(" (request ").append(error.requestId()).append(')');
        }
        return words.toString();
    }

    private static String missing(String message, String permissions) {
        Matcher named = ACTION.matcher(message == null ? "" : message);
        return named.find() ? named.group(1) : permissions;
    }
}
