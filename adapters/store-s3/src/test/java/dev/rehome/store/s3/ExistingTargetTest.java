package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.store.s3.ReceivedRequest.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Row S7 of the fault matrix: something is at the target already. */
class ExistingTargetTest extends ProbedS3Test {
    private static final String OTHER_TAG = "0123456789abcdef0123456789abcdef-2";

    @Test
    void sameContentCountsAsCopiedAndMovesNothing() {
        put(TARGET, "bytes");
        copiedWithoutWriting();
        assertThat(copied().size()).hasValue(5);
    }

    @Test
    void otherContentOfTheSameSizeIsAConflict() {
        put(TARGET, "bytez");
        assertThat(refused().code()).isEqualTo(FailureCode.TARGET_CONFLICT);
        assertThat(refused().message()).contains(SOURCE.toString(), TARGET.toString(), "OVERWRITE_TARGETS=true");
        assertThat(s3.count(Operation.CREATE)).isZero();
    }

    @Test
    void sameBytesUnderAnotherKindOfTagAreComparedInsideS3() {
        put(SOURCE, at(SOURCE).withETag(OTHER_TAG));
        assertThat(copied()).isNotNull();
        copiedWithoutWriting();
        assertThat(s3.count(Operation.PART)).isEqualTo(2);
        assertThat(s3.objects().openUploads()).isZero();
        assertThat(s3.count(Operation.COMPLETE)).isZero();
    }

    @Test
    void otherBytesUnderAnotherKindOfTagAreAConflict() {
        put(SOURCE, at(SOURCE).withETag(OTHER_TAG));
        put(TARGET, "bytez");
        assertThat(refused().code()).isEqualTo(FailureCode.TARGET_CONFLICT);
        assertThat(s3.objects().openUploads()).isZero();
    }

    @Test
    void comparisonOfALargeObjectGoesByRanges() {
        reopenWithSizes(Map.of(), 2, 2);
        put(TARGET, at(SOURCE).withETag(OTHER_TAG));
        copiedWithoutWriting();
        assertThat(s3.count(Operation.PART)).isEqualTo(6);
    }

    @Test
    void comparisonThatIsRefusedLeavesAConflict() {
        put(SOURCE, at(SOURCE).withETag(OTHER_TAG));
        put(TARGET, "bytes");
        s3.always(Operation.CREATE, FakeResponse.error(403, "AccessDenied"));
        assertThat(refused().message()).contains("would not compare");
    }

    @Test
    void comparisonThatIsThrottledIsRetried() {
        put(SOURCE, at(SOURCE).withETag(OTHER_TAG));
        put(TARGET, "bytes");
        s3.always(Operation.PART, FakeResponse.error(503, "SlowDown"));
        assertThat(unavailable().isThrottled()).isTrue();
        assertThat(s3.objects().openUploads()).isZero();
        s3.behave();
        copiedWithoutWriting();
    }

    @Test
    void ownCopyInABucketWithKmsIsRecognised() {
        s3.objects().encrypt();
        s3.next(Operation.COPY, FakeResponse.cut().butDone());
        assertThat(at(TARGET)).isNull();
        put(SOURCE, at(SOURCE).withHeaders(Map.of("x-amz-server-side-encryption", "aws:kms")));
        assertThat(copied().proof().value()).isEqualTo(at(TARGET).etag());
        assertThat(at(TARGET).etag()).isNotEqualTo(at(SOURCE).etag());
    }

    @Test
    void checksumsOfTheWholeObjectMakeTheComparisonUnnecessary() {
        Map<String, String> checksum =
                Map.of("x-amz-checksum-crc64nvme", "AAAAAAAAAAA=", "x-amz-checksum-type", "FULL_OBJECT");
        put(SOURCE, at(SOURCE).withETag(OTHER_TAG).withHeaders(checksum));
        put(TARGET, FakeObject.of("bytes").withHeaders(checksum));
        copiedWithoutWriting();
        assertThat(s3.count(Operation.CREATE)).isZero();
    }

    @Test
    void targetThatIsDeletedBetweenCopyAndHeadIsRetried() {
        s3.next(Operation.COPY, FakeResponse.error(412, "PreconditionFailed"));
        assertThat(unavailable()).hasMessageContaining("the target existed and is gone");
        assertThat(s3.operations()).isEqualTo(List.of(Operation.COPY, Operation.HEAD, Operation.HEAD));
    }
}
