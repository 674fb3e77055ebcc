package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.Location;
import dev.rehome.store.s3.ReceivedRequest.Operation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrdinaryCopyTest extends FakeS3Test {
    @Test
    void copyIsOneRequestThatNeverOverwrites() {
        probeServer();
        put(SOURCE, "bytes");
        assertThat(copied()).isNotNull();
        assertThat(s3.operations()).containsExactly(Operation.COPY);
        ReceivedRequest request = s3.journal().get(0);
        assertThat(request.header("If-None-Match")).isEqualTo("*");
        assertThat(request.object()).isEqualTo(name(TARGET));
        assertThat(request.source()).isEqualTo(name(SOURCE));
    }

    @Test
    void firstCopyProbesTheServer() {
        put(SOURCE, "bytes");
        assertThat(copied().proof().value()).isEqualTo(at(SOURCE).etag());
        assertThat(s3.operations())
                .containsExactly(Operation.HEAD, Operation.COPY, Operation.HEAD, Operation.COPY, Operation.HEAD);
        assertThat(s3.journal().get(3).header("x-amz-copy-source-if-match")).isNotEmpty();
    }

    @Test
    void serverThatIgnoresTheConditionNeverGetsToOverwrite() {
        s3.objects().ignoreConditions();
        probeServer();
        put(SOURCE, "bytes");
        put(TARGET, "other");
        assertThat(refused().code()).isEqualTo(FailureCode.TARGET_CONFLICT);
        assertThat(at(TARGET).etag()).isNotEqualTo(at(SOURCE).etag());
        assertThat(s3.count(Operation.COPY)).isZero();
    }

    @Test
    void proofIsTheLastETagOfAServerThatMadeTheCopyTwice() {
        s3.objects().ignoreConditions();
        s3.objects().encrypt();
        put(SOURCE, "bytes");
        assertThat(copied().proof().value()).isEqualTo(at(TARGET).etag());
        assertThat(s3.count(Operation.COPY)).isEqualTo(2);
    }

    @Test
    void probeWithoutAResultIsRepeatedWithTheNextCopy() {
        put(SOURCE, "bytes");
        Location second = new Location("s3", "new", "second");
        s3.next(Operation.HEAD, FakeResponse.bare(404), FakeResponse.bare(404), FakeResponse.bare(404));
        assertThat(copied()).isNotNull();
        s3.forget();
        copy(SOURCE, second);
        assertThat(s3.operations()).startsWith(Operation.HEAD, Operation.COPY, Operation.HEAD, Operation.COPY);
    }

    @Test
    void serverThatRefusesTheProbeIsProbedThreeTimesOnly() {
        put(SOURCE, "bytes");
        s3.next(Operation.HEAD, FakeResponse.bare(404), FakeResponse.bare(404));
        for (int copy = 0; copy < 4; copy++) {
            s3.next(Operation.HEAD, FakeResponse.bare(404), FakeResponse.bare(404));
            copy(SOURCE, new Location("s3", "new", "copy " + copy));
        }
        s3.behave();
        s3.forget();
        copied();
        assertThat(s3.operations()).containsExactly(Operation.HEAD, Operation.COPY);
    }

    @Test
    void overwriteReplacesWithoutConditionAndWithoutProbe() {
        reopen(Map.of("OVERWRITE_TARGETS", "true"));
        put(SOURCE, "bytes");
        put(TARGET, "other");
        assertThat(copied()).isNotNull();
        assertThat(at(TARGET).etag()).isEqualTo(at(SOURCE).etag());
        assertThat(s3.operations()).containsExactly(Operation.COPY);
        assertThat(s3.journal().get(0).header("If-None-Match")).isEmpty();
    }

    @Test
    void settingsOfTheTargetAreSent() {
        reopen(Map.of(
                "OVERWRITE_TARGETS", "true",
                "TARGET_STORAGE_CLASS", "STANDARD_IA",
                "TARGET_ACL", "bucket-owner-full-control",
                "TARGET_KMS_KEY_ID", "alias/photos",
                "REQUESTER_PAYS", "true"));
        put(SOURCE, "bytes");
        copied();
        ReceivedRequest request = s3.journal().get(0);
        assertThat(request.header("x-amz-storage-class")).isEqualTo("STANDARD_IA");
        assertThat(request.header("x-amz-acl")).isEqualTo("bucket-owner-full-control");
        assertThat(request.header("x-amz-server-side-encryption")).isEqualTo("aws:kms");
        assertThat(request.header("x-amz-server-side-encryption-aws-kms-key-id"))
                .isEqualTo("alias/photos");
        assertThat(request.header("x-amz-request-payer")).isEqualTo("requester");
        assertThat(request.headers()).doesNotContainKeys("X-amz-tagging-directive", "X-amz-metadata-directive");
    }

    @Test
    void verificationByHeadReturnsTheSize() {
        probeServer();
        reopen(Map.of("VERIFY_COPIES", "head"));
        put(SOURCE, "bytes");
        assertThat(copied().size()).hasValue(5);
    }

    @Test
    void verificationByHeadFindsASourceThatChanged() {
        reopen(Map.of("VERIFY_COPIES", "head", "OVERWRITE_TARGETS", "true"));
        put(SOURCE, "bytes");
        s3.before(Operation.HEAD, () -> put(SOURCE, "BYTES"));
        assertThat(refused().code()).isEqualTo(FailureCode.SOURCE_CHANGED);
    }
}
