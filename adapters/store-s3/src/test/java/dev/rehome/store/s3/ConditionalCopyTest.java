package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.Location;
import dev.rehome.store.s3.ReceivedRequest.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that ignore the condition on a copy or don't implement it, and consumers that were suspended before a copy. */
class ConditionalCopyTest extends FakeS3Test {
    final AtomicReference<Duration> now = new AtomicReference<>(Duration.ZERO);

    @BeforeEach
    void prepare() {
        clock = now::get;
        reopen(Map.of());
        put(SOURCE, "bytes");
    }

    @Test
    void serverThatDoesNotImplementTheConditionIsTreatedAsOneThatIgnoresIt() {
        s3.objects().refuseConditions();
        assertThat(copied().proof().value()).isEqualTo(at(SOURCE).etag());

        Location second = TARGET.withObjectKey("second");
        s3.forget();
        copy(SOURCE, second);
        assertThat(s3.operations()).containsExactly(Operation.HEAD, Operation.COPY);
        assertThat(s3.journal().get(1).header("If-None-Match")).isEmpty();

        put(second, "other");
        assertThat(copy(SOURCE, second)).hasFieldOrPropertyWithValue("code", FailureCode.TARGET_CONFLICT);
        assertThat(at(second).text()).isEqualTo("other");
    }

    @Test
    void requestThatTheServerDoesNotImplementForAnotherReasonIsRefused() {
        s3.always(Operation.COPY, FakeResponse.error(501, "NotImplemented"));
        assertThat(refused().code()).isEqualTo(FailureCode.REJECTED);
    }

    @Test
    void copyIsNotSentByAProcessThatWasSuspendedAfterItsCheck() {
        s3.objects().ignoreConditions();
        probeServer();
        s3.before(Operation.HEAD, () -> now.set(Duration.ofMinutes(1)));
        assertThat(unavailable())
                .hasMessageContaining("not sent: the check that it relies on is older than")
                .as("fewer copies at a time get further")
                .hasFieldOrPropertyWithValue("throttled", true);
        assertThat(s3.count(Operation.COPY)).isZero();

        put(TARGET, "the application's");
        s3.before(Operation.HEAD, () -> {});
        assertThat(refused().code()).isEqualTo(FailureCode.TARGET_CONFLICT);
        assertThat(at(TARGET).text()).isEqualTo("the application's");
    }

    @Test
    void overwritingCopyIsNotSentByAProcessThatWasSuspendedBeforeIt() {
        clock = () -> now.getAndUpdate(time -> time.plusMinutes(1));
        reopen(Map.of("OVERWRITE_TARGETS", "true"));
        assertThat(unavailable()).hasMessageContaining("not sent: the check that it relies on is older than");
        assertThat(s3.count(Operation.COPY)).isZero();
    }

    @Test
    void targetThatTheApplicationWritesDuringAnOverwritingMultipartCopyStays() {
        reopenWithSizes(Map.of("OVERWRITE_TARGETS", "true"), 2, 3);
        put(TARGET, "old");
        s3.before(Operation.PART, () -> put(TARGET, "the application's"));
        assertThat(unavailable()).hasMessageContaining("the target was written during the copy");
        assertThat(at(TARGET).text()).isEqualTo("the application's");
        assertThat(s3.objects().openUploads()).isZero();
    }

    @Test
    void targetThatAppearsDuringAMultipartCopyStaysOnAServerThatIgnoresTheCondition() {
        s3.objects().ignoreConditions();
        reopenWithSizes(Map.of(), 2, 3);
        s3.before(Operation.PART, () -> put(TARGET, "the application's"));
        assertThat(refused().code()).isEqualTo(FailureCode.TARGET_CONFLICT);
        assertThat(at(TARGET).text()).isEqualTo("the application's");
    }
}
