package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectDeleter.Deletion;
import dev.rehome.common.store.ObjectDeleter.Expected;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreResult;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.store.s3.ReceivedRequest.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S3DeletionTest extends FakeS3Test {
    private static Location legacy(String key) {
        return new Location("s3", "old", key);
    }

    private static Expected expected(String key) {
        return new Expected(legacy(key), Optional.of(ContentProof.etag("tag-" + key.length())));
    }

    private List<StoreResult<Deletion>> delete(String... keys) {
        return store.deleter()
                .orElseThrow()
                .delete(Arrays.stream(keys).map(S3DeletionTest::expected).toList());
    }

    private void respond(String results) {
        s3.next(Operation.DELETE, new FakeResponse(false, 200, "<DeleteResult>" + results + "</DeleteResult>"));
    }

    private static String deleted(String key) {
        return "<Deleted><Key>" + key + "</Key></Deleted>";
    }

    private static String error(String key, String code) {
        return "<Error><Key>" + key + "</Key><Code>" + code + "</Code><Message>scripted</Message></Error>";
    }

    @Test
    void eachObjectIsDeletedOnConditionOfItsETag() {
        respond(deleted("a") + deleted("bb"));
        assertThat(delete("a", "bb")).extracting(StoreResult::orElseThrow).containsOnly(Deletion.DELETED);
        assertThat(s3.journal())
                .singleElement()
                .satisfies(request -> assertThat(request.body())
                        .containsPattern("<Key>a</Key>.*tag-1")
                        .containsPattern("<Key>bb</Key>.*tag-2"));
    }

    @Test
    void deleteMarkerOnlyHidesTheObject() {
        respond("<Deleted><Key>a</Key><DeleteMarker>true</DeleteMarker>"
                + "<DeleteMarkerVersionId>v</DeleteMarkerVersionId></Deleted>");
        assertThat(delete("a").get(0).orElseThrow()).isEqualTo(Deletion.HIDDEN);
    }

    @Test
    void errorOfOneObjectIsReportedForIt() {
        respond(deleted("a") + error("b", "AccessDenied"));
        List<StoreResult<Deletion>> results = delete("a", "b");
        assertThat(results.get(0).value()).contains(Deletion.DELETED);
        Refusal refusal = results.get(1).refusal().orElseThrow();
        assertThat(refusal.code()).isEqualTo(FailureCode.ACCESS_DENIED);
        assertThat(refusal.message()).contains("s3://old/b").contains("s3:DeleteObject");
    }

    @Test
    void errorThatPassesMakesTheCallRepeatable() {
        respond(deleted("a") + error("b", "SlowDown"));
        assertThatThrownBy(() -> delete("a", "b"))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        trouble -> assertThat(trouble.isThrottled()).isTrue());
        respond(deleted("a"));
        assertThatThrownBy(() -> delete("a", "b"))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("s3://old/b");
    }

    @Test
    void unmetConditionMeansAnotherObjectOrNoneAnyMore() {
        put(legacy("there"), "newer");
        respond(error("there", "PreconditionFailed") + error("gone", "PreconditionFailed"));
        List<StoreResult<Deletion>> results = delete("there", "gone");
        assertThat(results.get(0).refusal().map(Refusal::code)).contains(FailureCode.SOURCE_CHANGED);
        assertThat(results.get(1).value()).contains(Deletion.DELETED);
    }

    @Test
    void keyThatXmlCannotHoldIsDeletedWithARequestOfItsOwn() {
        respond(deleted("a"));
        assertThat(delete("a", "b\u0001")).extracting(StoreResult::orElseThrow).containsOnly(Deletion.DELETED);
        assertThat(s3.journal()).hasSize(2);
        ReceivedRequest alone = s3.journal().get(1);
        assertThat(alone.rawPath()).isEqualTo("/old/b%01");
        assertThat(alone.header("If-Match")).contains("tag-2");
    }

    @Test
    void refusalOfTheWholeRequestIsReportedForEachObject() {
        s3.next(Operation.DELETE, FakeResponse.error(404, "NoSuchBucket"));
        assertThat(delete("a", "b"))
                .allSatisfy(result ->
                        assertThat(result.refusal().orElseThrow().scope()).isEqualTo(Refusal.Scope.EVERY_OBJECT));
    }
}
