package dev.rehome.store.s3;

import static dev.rehome.store.s3.FakeResponse.bare;
import static dev.rehome.store.s3.FakeResponse.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.Refusal;
import dev.rehome.store.s3.ReceivedRequest.Operation;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies each of the {@link ObjectCases} and checks the result and the requests. */
class ObjectCasesTest extends FakeS3Test {
    @ParameterizedTest
    @MethodSource("dev.rehome.store.s3.ObjectCases#cases")
    void objectIsCopiedUnchangedOrRefusedWithAReason(ObjectCases.Case each) {
        if (each.setup().parts()) {
            reopenWithSizes(each.setup().settings(), 2, 3);
        } else {
            reopen(each.setup().settings());
        }
        put(SOURCE, "eight by");
        each.given().accept(this);
        CopyResult result = copy();
        if (each.expected().isEmpty()) {
            assertThat(result).isInstanceOf(CopyResult.Copied.class);
            assertThat(at(TARGET).text()).isEqualTo(at(SOURCE).text());
        } else {
            String[] expected = each.expected().split(" ", 2);
            assertThat(result).isInstanceOfSatisfying(Refusal.class, refused -> {
                assertThat(refused.code()).isEqualTo(FailureCode.valueOf(expected[0]));
                assertThat(refused.message()).contains(expected[1]);
            });
            assertThat(at(TARGET)).isNull();
        }
        each.sent().accept(this);
    }

    void source(String header, String value) {
        put(SOURCE, at(SOURCE).withHeaders(Map.of(header, value)));
    }

    ReceivedRequest journal(Operation operation) {
        return s3.journal().stream()
                .filter(request -> request.operation() == operation)
                .findFirst()
                .orElseThrow();
    }

    void sent(Operation operation, String header, String value) {
        assertThat(journal(operation).header(header)).isEqualTo(value);
    }

    void checksum(String algorithm, String type) {
        sent(Operation.CREATE, "x-amz-checksum-algorithm", algorithm);
        sent(Operation.CREATE, "x-amz-checksum-type", type);
    }

    void allPaid() {
        assertThat(s3.journal())
                .allSatisfy(request ->
                        assertThat(request.header("x-amz-request-payer")).isEqualTo("requester"));
    }

    void nothingLeft() {
        assertThat(s3.objects().openUploads()).isZero();
    }

    /** S3's responses if the latest version is a delete marker. */
    void deleted() {
        s3.always(Operation.HEAD, bare(404));
        s3.always(Operation.COPY, error(404, "NoSuchKey"));
    }

    void changing() {
        s3.before(Operation.PART, () -> put(SOURCE, "change " + s3.journal().size()));
    }

    void twoRegions() {
        s3.objects().place(SOURCE.container(), "us-west-2");
        s3.objects().place(TARGET.container(), "eu-central-1");
    }

    private Optional<ObjectStat> stat(Location location) {
        return store.inspector().orElseThrow().stat(location).orElseThrow();
    }

    /** Copies go to the target's region, descriptions to the bucket's own, which one redirect reveals. */
    void eachSignedForItsRegion() {
        stat(SOURCE);
        stat(TARGET);
        assertThat(stat(SOURCE)).isPresent();
        assertThat(s3.journal().stream()
                        .filter(request -> request.object().startsWith(TARGET.container() + "/"))
                        .map(ReceivedRequest::region))
                .containsOnly("eu-central-1");
        assertThat(s3.journal().stream()
                        .filter(request -> request.object().startsWith(SOURCE.container() + "/"))
                        .map(ReceivedRequest::region))
                .startsWith("eu-central-1", "us-west-2")
                .filteredOn(region -> region.equals("eu-central-1"))
                .hasSize(1);
    }
}
