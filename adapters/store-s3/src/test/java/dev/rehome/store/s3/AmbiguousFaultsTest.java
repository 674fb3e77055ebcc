package dev.rehome.store.s3;

import static dev.rehome.store.s3.FakeResponse.bare;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.store.s3.ReceivedRequest.Operation;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows S2, S3 and S8 of the fault matrix: the response proves nothing, so the target is inspected. */
class AmbiguousFaultsTest extends ProbedS3Test {
    static Stream<FakeResponse> unusableResponses() {
        return Stream.of(
                FakeResponse.empty(),
                FakeResponse.html(),
                FakeResponse.truncated(),
                FakeResponse.cut(),
                bare(502),
                new FakeResponse(false, 404, "<html>no such page</html>"));
    }

    @ParameterizedTest
    @MethodSource("unusableResponses")
    void copyThatWasMadeIsFound(FakeResponse silence) {
        s3.always(Operation.COPY, silence.butDone());
        assertThat(copied().proof().value()).isEqualTo(at(SOURCE).etag());
        assertThat(copied().size()).hasValue(5);
    }

    @ParameterizedTest
    @MethodSource("unusableResponses")
    void copyThatWasNotMadeIsNotReported(FakeResponse silence) {
        s3.always(Operation.COPY, silence);
        assertThat(unavailable().isThrottled()).isFalse();
        s3.behave();
        assertThat(copied()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("unusableResponses")
    void otherContentAtTheTargetIsNotReportedAsTheCopy(FakeResponse silence) {
        put(TARGET, "other");
        s3.always(Operation.COPY, silence);
        assertThat(unavailable()).hasMessageContaining("not the source's copy");
        s3.behave();
        assertThat(refused().code()).isEqualTo(FailureCode.TARGET_CONFLICT);
    }

    @Test
    void retryAfterALostResponseFindsTheFirstCopy() {
        s3.next(Operation.COPY, FakeResponse.cut().butDone());
        assertThat(copied().proof().value()).isEqualTo(at(SOURCE).etag());
        assertThat(s3.operations()).containsExactly(Operation.COPY, Operation.COPY, Operation.HEAD, Operation.HEAD);
    }

    @Test
    void headWithStatus503IsThrottling() {
        s3.always(Operation.COPY, FakeResponse.empty());
        s3.always(Operation.HEAD, bare(503));
        assertThat(unavailable().isThrottled()).isTrue();
    }

    @Test
    void deniedHeadIsExplainedByReadingTheFirstByte() {
        s3.always(Operation.COPY, FakeResponse.empty());
        s3.always(Operation.HEAD, bare(400));
        s3.always(Operation.GET, FakeResponse.error(400, "ExpiredToken"));
        assertThat(unavailable()).hasMessageContaining("ExpiredToken");
        s3.always(Operation.GET, FakeResponse.error(403, "AccessDenied"));
        assertThat(refused().code()).isEqualTo(FailureCode.ACCESS_DENIED);
    }

    @Test
    void closingFailsCopiesUnderWay() {
        reopenWithOwnThreads(settings(Map.of()));
        probeServer();
        FakeS3.Gate gate = s3.hold(Operation.COPY);
        CompletableFuture<CopyResult> copy =
                store.serverSideCopy().copy(SOURCE, TARGET).toCompletableFuture();
        gate.awaitRequest();
        store.close();
        assertThatThrownBy(() -> copy.orTimeout(5, TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreUnavailable.class);
        gate.open();
        assertThat(unavailable()).isNotNull();
    }
}
