package dev.rehome.store.s3.lean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rehome.store.s3.lean.ConnectionPool.Endpoint;
import dev.rehome.store.s3.lean.CopyTemplate.CatchingHttpClient;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;

/** A request made from the template equals the SDK's own for the same keys, whatever the endpoint is. */
class CopyTemplateTest {
    private static final AwsBasicCredentials CREDENTIALS = AwsBasicCredentials.create("key", "secret");

    private static final List<String> KEYS = List.of(
            "a/b.png",
            "a b+c.png",
            "100%/%2F?x=1&y#z",
            "/leading",
            "two//slashes/",
            "~'()!*@:;,$",
            "\u00e4/\u4e2d/\ud83d\ude80");

    static Stream<Arguments> endpoints() {
        return Stream.of(
                endpoint("virtual host", "new", "new.s3.eu-central-1.amazonaws.com", client -> client),
                endpoint("path style", "new", "s3.eu-central-1.amazonaws.com", client -> client.forcePathStyle(true)),
                endpoint("bucket with dots", "new.bucket", "s3.eu-central-1.amazonaws.com", client -> client),
                endpoint(
                        "FIPS",
                        "new",
                        "new.s3-fips.us-east-1.amazonaws.com",
                        client -> client.region(Region.US_EAST_1).fipsEnabled(true)),
                endpoint(
                        "dual stack",
                        "new",
                        "new.s3.dualstack.eu-central-1.amazonaws.com",
                        client -> client.dualstackEnabled(true)),
                endpoint(
                        "China",
                        "new",
                        "new.s3.cn-north-1.amazonaws.com.cn",
                        client -> client.region(Region.CN_NORTH_1)),
                endpoint(
                        "another server",
                        "new",
                        "127.0.0.1",
                        client -> client.endpointOverride(URI.create("http://127.0.0.1:9000"))
                                .forcePathStyle(true)),
                endpoint(
                        "another server with a path",
                        "new",
                        "storage.example",
                        client -> client.endpointOverride(URI.create("https://storage.example:8443/s3"))
                                .forcePathStyle(true)));
    }

    private static Arguments endpoint(
            String name, String bucket, String host, UnaryOperator<S3AsyncClientBuilder> settings) {
        return arguments(name, bucket, host, settings);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpoints")
    void requestIsTheSdksOwn(String name, String bucket, String host, UnaryOperator<S3AsyncClientBuilder> settings) {
        S3AsyncClientBuilder client = S3AsyncClient.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(CREDENTIALS))
                .httpClient(new CatchingHttpClient());
        try (S3AsyncClient catching = settings.apply(client).build()) {
            CopyTemplate template =
                    CopyTemplate.ask(catching, copy(bucket, "any")).join().orElseThrow();
            assertThat(template.endpoint().host()).as(name).isEqualTo(host);
            for (String key : KEYS) {
                SdkHttpRequest expected = requestOf(catching, copy(bucket, key));
                assertThat(template.endpoint())
                        .isEqualTo(new Endpoint(expected.protocol().equals("https"), expected.host(), expected.port()));
                WrittenRequest written =
                        WrittenRequest.of(new CopyRequestWriter(template), key, key, CREDENTIALS, Instant.EPOCH);
                assertThat(written.line()).isEqualTo("PUT " + expected.encodedPath() + " HTTP/1.1");
                assertThat(written.headers())
                        .containsEntry(
                                "x-amz-copy-source",
                                expected.firstMatchingHeader("x-amz-copy-source")
                                        .orElseThrow())
                        .containsEntry("if-none-match", "*")
                        .containsKey("host");
            }
        }
    }

    private static CopyObjectRequest copy(String bucket, String key) {
        return CopyObjectRequest.builder()
                .sourceBucket("old")
                .sourceKey(key)
                .destinationBucket(bucket)
                .destinationKey(key)
                .ifNoneMatch("*")
                .build();
    }

    private static SdkHttpRequest requestOf(S3AsyncClient catching, CopyObjectRequest request) {
        try {
            catching.copyObject(request).join();
            throw new AssertionError("the request was not caught");
        } catch (CompletionException caught) {
            return CopyTemplate.requestIn(caught);
        }
    }
}
