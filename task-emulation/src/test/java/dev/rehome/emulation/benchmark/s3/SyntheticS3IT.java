package dev.rehome.emulation.benchmark.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.emulation.seeding.S3Clients;
import dev.rehome.emulation.seeding.SampleRow;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

class SyntheticS3IT {
    private static final int ROWS = 200;
    private static final SyntheticS3Settings PLAIN = SyntheticS3Settings.of(ROWS, 16);

    @Test
    void legacyObjectsExistAndTargetsDoOnceTheyAreCopied() throws Exception {
        try (SyntheticS3 server = new SyntheticS3(PLAIN, 1, 1);
                S3AsyncClient s3 = client(server)) {
            SampleRow row = SampleRow.of(6);
            assertThat(s3.headObject(head -> head.bucket("old").key(row.location()))
                            .join()
                            .contentLength())
                    .isEqualTo(16);
            assertThatThrownBy(() -> s3.headObject(head -> head.bucket("new").key(row.expectedLocation()))
                            .join())
                    .hasMessageContaining("404");

            String etag = copy(s3, row, "*");

            assertThat(s3.headObject(head -> head.bucket("new").key(row.expectedLocation()))
                            .join()
                            .eTag())
                    .isEqualTo(etag);
            assertThat(s3.getObject(
                                    get -> get.bucket("new").key(row.expectedLocation()),
                                    AsyncResponseTransformer.toBytes())
                            .join()
                            .asByteArray())
                    .isEqualTo(row.object(16).orElseThrow().bytes());
        }
    }

    @Test
    void existingTargetIsOverwrittenOnlyWithoutCondition() throws Exception {
        try (SyntheticS3 server = new SyntheticS3(PLAIN, 1, 1);
                S3AsyncClient s3 = client(server)) {
            copy(s3, SampleRow.of(3), "*");
            assertThatThrownBy(() -> copy(s3, SampleRow.of(3), "*")).hasMessageContaining("PreconditionFailed");
            copy(s3, SampleRow.of(3), null);
            copy(s3, SampleRow.of(130), null);

            assertThat(SyntheticTotals.parse(
                            new String(read(server, SyntheticS3Handler.TOTALS), StandardCharsets.UTF_8)))
                    .hasToString("SyntheticTotals[copies=3, repeated=1, rejected=1, slowedDown=0, strange=[]]");
            assertThat(BitSet.valueOf(read(server, SyntheticS3Handler.BITS)).stream())
                    .containsExactly(3, 130);
        }
    }

    @Test
    void sourceThatChangedOrIsMissingIsNotCopied() throws Exception {
        try (SyntheticS3 server = new SyntheticS3(PLAIN, 1, 1);
                S3AsyncClient s3 = client(server)) {
            assertThatThrownBy(() -> s3.copyObject(copy -> copy.sourceBucket("old")
                                    .sourceKey(SampleRow.of(5).location())
                                    .copySourceIfMatch("\"other\"")
                                    .destinationBucket("new")
                                    .destinationKey("avatar/5"))
                            .join())
                    .hasMessageContaining("PreconditionFailed");
            assertThatThrownBy(() -> copy(s3, SampleRow.of(ROWS + 1L), "*")).hasMessageContaining("NoSuchKey");
        }
    }

    @Test
    void copyToAnUnexpectedKeyIsNoted() throws Exception {
        try (SyntheticS3 server = new SyntheticS3(PLAIN, 1, 1);
                S3AsyncClient s3 = client(server)) {
            s3.copyObject(copy -> copy.sourceBucket("old")
                            .sourceKey(SampleRow.of(5).location())
                            .destinationBucket("new")
                            .destinationKey("elsewhere/5.jpg"))
                    .join();

            assertThat(new String(read(server, SyntheticS3Handler.TOTALS), StandardCharsets.UTF_8))
                    .contains("copied to elsewhere/5.jpg");
        }
    }

    @Test
    void deletedLegacyObjectIsGoneAndItsCopyStays() throws Exception {
        try (SyntheticS3 server = new SyntheticS3(PLAIN, 1, 1);
                S3AsyncClient s3 = client(server)) {
            List<SampleRow> rows = Stream.of(3, 5, 6).map(SampleRow::of).toList();
            rows.forEach(row -> copy(s3, row, "*"));

            assertThat(s3.deleteObjects(delete -> delete.bucket("old")
                                    .delete(all -> all.objects(rows.stream()
                                            .map(row -> ObjectIdentifier.builder()
                                                    .key(row.location())
                                                    .build())
                                            .toList())))
                            .join()
                            .deleted())
                    .extracting(DeletedObject::key)
                    .containsExactlyElementsOf(
                            rows.stream().map(SampleRow::location).toList());

            assertThat(keys(s3, SampleRow.LEGACY_PREFIX + "/"))
                    .doesNotContainAnyElementsOf(
                            rows.stream().map(SampleRow::location).toList())
                    .contains(SampleRow.of(9).location());
            assertThat(keys(s3, SampleRow.TARGET_PREFIX)).hasSize(3);
            assertThatThrownBy(() -> s3.headObject(
                                    head -> head.bucket("old").key(rows.get(0).location()))
                            .join())
                    .hasMessageContaining("404");
            assertThatThrownBy(() -> copy(s3, rows.get(0), null)).hasMessageContaining("NoSuchKey");
        }
    }

    @Test
    void listingHasTheLegacyObjectsAndWhatWasCopied() throws Exception {
        SyntheticS3Settings several = SyntheticS3Settings.of(10L * ROWS, 16);
        try (SyntheticS3 server = new SyntheticS3(several, 1, 1);
                S3AsyncClient s3 = client(server)) {
            copy(s3, SampleRow.of(3), "*");

            assertThat(keys(s3, SampleRow.LEGACY_PREFIX + "/"))
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, several.rows())
                            .mapToObj(SampleRow::of)
                            .filter(row -> row.kind() == SampleRow.Kind.LEGACY)
                            .map(SampleRow::location)
                            .sorted()
                            .toList());
            assertThat(keys(s3, SampleRow.TARGET_PREFIX))
                    .containsExactly(SampleRow.of(3).expectedLocation());
            assertThat(s3.listObjectsV2(list ->
                                    list.bucket("old").prefix("user_image/").delimiter("/"))
                            .join()
                            .commonPrefixes())
                    .hasSize(92);
        }
    }

    private static List<String> keys(S3AsyncClient s3, String prefix) {
        List<String> keys = new ArrayList<>();
        s3.listObjectsV2Paginator(list -> list.bucket("any").prefix(prefix))
                .subscribe(page -> page.contents().forEach(object -> keys.add(object.key())))
                .join();
        return keys;
    }

    @Test
    void everyResponseIsDelayedAndSlowDownIsSent() throws Exception {
        SyntheticS3Settings slow =
                PLAIN.delayed(Duration.ofMillis(30), Duration.ofMillis(5)).slowingDown(100);
        try (SyntheticS3 server = new SyntheticS3(slow, 1, 1);
                S3AsyncClient s3 = client(server)) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> copy(s3, SampleRow.of(5), "*")).hasMessageContaining("SlowDown");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(slow.latency());
        }
    }

    private static String copy(S3AsyncClient s3, SampleRow row, String ifNoneMatch) {
        return s3.copyObject(copy -> copy.sourceBucket("old")
                        .sourceKey(row.location())
                        .destinationBucket("new")
                        .destinationKey(row.expectedLocation())
                        .ifNoneMatch(ifNoneMatch))
                .join()
                .copyObjectResult()
                .eTag();
    }

    private static byte[] read(SyntheticS3 server, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.endpoint().resolve(path)).build(), BodyHandlers.ofByteArray())
                .body();
    }

    private static S3AsyncClient client(SyntheticS3 server) {
        return S3Clients.builder(8)
                .endpointOverride(server.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
    }
}
