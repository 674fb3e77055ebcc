package dev.rehome.store.s3;

import static dev.rehome.store.s3.FakeResponse.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.store.s3.ReceivedRequest.Operation;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MultipartCopyTest extends FakeS3Test {
    private static final String CONTENT = "twenty bytes of text";

    @BeforeEach
    void source() {
        reopenWithSizes(Map.of(), 10, 4);
        put(SOURCE, CONTENT);
    }

    @Test
    void largeObjectArrivesInPartsPinnedToOneETag() {
        assertThat(copied().proof().value()).isEqualTo(at(TARGET).etag()).endsWith("-5");
        assertThat(at(TARGET).text()).isEqualTo(at(SOURCE).text());
        assertThat(s3.count(Operation.PART)).isEqualTo(5);
        assertThat(s3.journal().stream().filter(request -> request.operation() == Operation.PART))
                .allSatisfy(part -> assertThat(part.header("x-amz-copy-source-if-match"))
                        .contains(at(SOURCE).etag()));
        assertThat(s3.journal().get(s3.journal().size() - 1).header("If-None-Match"))
                .isEqualTo("*");
    }

    @Test
    void objectAtTheThresholdTakesOneRequest() {
        put(SOURCE, "ten bytes!");
        copied();
        assertThat(s3.count(Operation.CREATE)).isZero();
    }

    @Test
    void headersMetadataTagsAndClassAreCarriedOver() {
        Map<String, String> headers = Map.of(
                "content-type", "image/png",
                "cache-control", "max-age=60",
                "content-disposition", "inline",
                "content-encoding", "br",
                "content-language", "de",
                "expires", "never, really",
                "x-amz-meta-owner", "42",
                "x-amz-storage-class", "STANDARD_IA");
        put(SOURCE, at(SOURCE).withHeaders(headers).withTags(Map.of("colour", "blue & green")));
        copied();
        assertThat(at(TARGET).headers()).containsExactlyInAnyOrderEntriesOf(headers);
        assertThat(at(TARGET).tags()).isEqualTo(Map.of("colour", "blue & green"));
    }

    @Test
    void objectsOfAServerWithoutTagsAreCopied() {
        s3.always(Operation.TAGS, error(501, "NotImplemented"));
        assertThat(copied()).isNotNull();
    }

    @Test
    void metadataThatHeadersCannotHoldIsARefusal() {
        put(SOURCE, at(SOURCE).withHeaders(Map.of("x-amz-missing-meta", "2")));
        assertThat(refused().message()).contains("metadata");
    }

    @Test
    void abortThatFailsChangesNothingAboutTheResult() {
        s3.next(Operation.PART, error(403, "AccessDenied"));
        s3.always(Operation.ABORT, error(403, "AccessDenied"));
        assertThat(refused().message()).contains("s3:GetObject");
    }

    @Test
    void sourceThatChangesOnceIsCopiedAgain() {
        AtomicInteger parts = new AtomicInteger();
        s3.before(Operation.PART, () -> {
            if (parts.incrementAndGet() == 1) {
                put(SOURCE, CONTENT + ", changed");
            }
        });
        assertThat(copied()).isNotNull();
        assertThat(at(TARGET).text()).isEqualTo(at(SOURCE).text());
        assertThat(s3.objects().openUploads()).isZero();
    }

    @Test
    void closingTheStoreAbortsTheUpload() {
        FakeS3.Gate gate = s3.hold(Operation.PART);
        CompletableFuture<CopyResult> copy =
                store.serverSideCopy().copy(SOURCE, TARGET).toCompletableFuture();
        gate.awaitRequest();
        assertThat(s3.objects().openUploads()).isOne();

        store.close();

        assertThat(s3.objects().openUploads()).isZero();
        assertThat(s3.count(Operation.ABORT)).isOne();
        assertThatThrownBy(() -> copy.orTimeout(5, TimeUnit.SECONDS).join()).hasCauseInstanceOf(StoreUnavailable.class);
        assertThat(at(TARGET)).isNull();
        gate.open();
    }

    @Test
    void completionWhoseResponseIsLostIsFound() {
        s3.next(Operation.COMPLETE, FakeResponse.cut().butDone());
        assertThat(copied().proof().value()).isEqualTo(at(TARGET).etag());
    }

    @Test
    void completionWithoutAnETagProvesNothing() {
        s3.always(Operation.COMPLETE, FakeResponse.empty());
        assertThat(unavailable()).hasMessageContaining("the target is not there");
        assertThat(s3.objects().openUploads()).isZero();
    }

    @Test
    void targetThatAppearsMeanwhileIsNotOverwritten() {
        s3.before(Operation.COMPLETE, () -> put(TARGET, "somebody else's text"));
        assertThat(refused().code()).isEqualTo(FailureCode.TARGET_CONFLICT);
        assertThat(at(TARGET).text()).isEqualTo("somebody else's text");
    }

    @Test
    void copyInPartsIsRecognisedTheNextTime() {
        copied();
        copiedWithoutWriting();
    }

    @Test
    void sizeThatOneCopyRefusesLeadsToParts() {
        put(SOURCE, "small");
        s3.before(Operation.COPY, () -> put(SOURCE, CONTENT));
        s3.next(Operation.COPY, error(400, "InvalidRequest", "The specified copy source is larger than the maximum"));
        assertThat(copied().proof().value()).endsWith("-5");
    }
}
