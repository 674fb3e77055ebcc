package dev.rehome.store.s3;

import static dev.rehome.store.s3.FakeResponse.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.store.s3.ReceivedRequest.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows S1, S4, S5, S6, S8 and E3 of the fault matrix: S3 responds with an error. */
class ErrorResponseTest extends ProbedS3Test {
    @ParameterizedTest
    @CsvSource(textBlock = """
            404, NoSuchKey, NOT_FOUND
            404, NoSuchBucket, REJECTED
            403, AccessDenied, ACCESS_DENIED
            403, InvalidAccessKeyId, ACCESS_DENIED
            403, SignatureDoesNotMatch, ACCESS_DENIED
            403, InvalidObjectState, ARCHIVED
            403, ObjectNotInActiveTierError, ARCHIVED
            400, KeyTooLongError, KEY_TOO_LONG
            400, KMS.DisabledException, ENCRYPTION
            400, KMS.NotFoundException, ENCRYPTION
            400, InvalidRequest, REJECTED
            400, NeverHeardOf, REJECTED
            200, AccessDenied, ACCESS_DENIED
            200, NoSuchKey, NOT_FOUND
            """)
    void refusalIsNamedAndNotRepeated(int status, String code, FailureCode expected) {
        s3.always(Operation.COPY, error(status, code));
        Refusal refused = refused();
        assertThat(refused.code()).isEqualTo(expected);
        assertThat(refused.message()).contains(SOURCE.toString(), TARGET.toString(), code, "scripted", "REQ1");
        assertThat(s3.count(Operation.COPY)).isOne();
        assertThat(at(TARGET)).isNull();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            403, AccessDenied, UNCERTAIN
            400, KMS.DisabledException, UNCERTAIN
            400, KMS.NotFoundException, UNCERTAIN
            400, KMS.InvalidStateException, UNCERTAIN
            404, NoSuchBucket, EVERY_OBJECT
            301, PermanentRedirect, EVERY_OBJECT
            400, AuthorizationHeaderMalformed, EVERY_OBJECT
            400, AccessControlListNotSupported, EVERY_OBJECT
            400, InvalidStorageClass, EVERY_OBJECT
            404, NoSuchKey, OBJECT
            400, KeyTooLongError, OBJECT
            400, InvalidRequest, OBJECT
            403, InvalidObjectState, OBJECT
            """)
    void refusalHasTheScopeOfItsCode(int status, String code, Refusal.Scope scope) {
        s3.always(Operation.COPY, error(status, code));
        assertThat(refused().scope()).isEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            503, SlowDown, true
            200, SlowDown, true
            503, ServiceUnavailable, true
            200, ServiceUnavailable, true
            400, RequestLimitExceeded, true
            400, KMS.ThrottlingException, true
            429, TooManyRequests, true
            500, InternalError, false
            200, InternalError, false
            400, RequestTimeout, false
            403, RequestTimeTooSkewed, false
            409, OperationAborted, false
            409, ConditionalRequestConflict, false
            400, ExpiredToken, false
            500, NeverHeardOf, false
            """)
    void retryableErrorIsNotARefusal(int status, String code, boolean throttled) {
        s3.always(Operation.COPY, error(status, code));
        StoreUnavailable unavailable = unavailable();
        assertThat(unavailable.isThrottled()).isEqualTo(throttled);
        assertThat(unavailable).hasMessageContaining(SOURCE.toString()).hasMessageContaining("REQ1");
        assertThat(at(TARGET)).isNull();
        s3.behave();
        assertThat(copied()).isNotNull();
    }

    @Test
    void oneSlowDownIsRetried() {
        s3.next(Operation.COPY, error(503, "SlowDown"));
        assertThat(copied()).isNotNull();
    }

    @Test
    void copyIsMadeOnceTheThrottlingEnds() {
        s3.always(Operation.COPY, error(503, "SlowDown"));
        for (int round = 0; round < 2; round++) {
            assertThat(unavailable().isThrottled()).isTrue();
        }
        s3.behave();
        assertThat(copied()).isNotNull();
    }

    @Test
    void deniedAccessNamesTheRightThatS3Names() {
        s3.always(
                Operation.COPY,
                error(
                        403,
                        "AccessDenied",
                        "User: arn is not authorized to perform: s3:GetObjectTagging on resource x"));
        assertThat(refused().message()).contains("Likely missing: s3:GetObjectTagging.");
    }

    @Test
    void deniedAccessNamesTheLikelyRightsWhereS3NamesNone() {
        s3.always(Operation.COPY, error(403, "AccessDenied", "Access Denied"));
        assertThat(refused().message())
                .contains(
                        "s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging", "s3:ListBucket");
    }

    @Test
    void archivedObjectIsRefusedWithTheActionThatRestoresIt() {
        s3.always(Operation.COPY, error(403, "InvalidObjectState"));
        assertThat(refused().message()).contains("s3:RestoreObject");
    }

    @Test
    void missingBucketIsRefusedWithTheSettingsToCheck() {
        s3.always(Operation.COPY, error(404, "NoSuchBucket"));
        assertThat(refused().message()).contains("SOURCE_S3_BUCKET");
    }

    @Test
    void denialOfOneKeyLeavesTheOthersAlone() {
        Location other = new Location("s3", "old", "other");
        put(other, "other");
        s3.next(Operation.COPY, error(403, "AccessDenied"));
        assertThat(refused().code()).isEqualTo(FailureCode.ACCESS_DENIED);
        assertThat(copy(other, new Location("s3", "new", "other"))).isNotInstanceOf(Refusal.class);
    }
}
