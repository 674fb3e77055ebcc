package dev.rehome.store.s3.lean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.store.s3.lean.ConnectionPool.Endpoint;
import io.netty.buffer.Unpooled;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** The engine's requests, against those that the SDK signs. */
class CopyRequestWriterTest {
    private static final Map<String, String> HEADERS =
            Map.of("host", "s3.eu-central-1.amazonaws.com", "if-none-match", "*", "x-amz-storage-class", "STANDARD");

    private final CopyRequestWriter writer = new CopyRequestWriter(new CopyTemplate(
            new Endpoint(true, "s3.eu-central-1.amazonaws.com", 443),
            "/bucket/",
            "old-bucket/",
            new TreeMap<>(HEADERS),
            "eu-central-1"));

    @Test
    void signsAnyCopyAsTheSdkDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Instant now = Instant.EPOCH;
        AwsCredentialsIdentity credentials = credentials(random);
        for (int i = 0; i < 5_000; i++) {
            // Most requests share second and credentials with the one before.
            if (random.nextInt(3) == 0) {
                now = Instant.ofEpochSecond(1_600_000_000L + random.nextInt(400_000_000));
            }
            if (random.nextInt(3) == 0) {
                credentials = credentials(random);
            }

            WrittenRequest request = WrittenRequest.of(writer, key(random), key(random), credentials, now);

            String path =
                    request.line().substring("PUT ".length(), request.line().lastIndexOf(' '));
            assertThat(request.headers())
                    .as("seed %d, request %d, path %s", seed, i, path)
                    .containsAllEntriesOf(
                            signedBySdk(path, request.headers().get("x-amz-copy-source"), credentials, now));
        }
    }

    @Test
    void requestHasTheHeadersOfTheTemplateAndAnEmptyBody() {
        WrittenRequest request = WrittenRequest.of(
                writer, "a b.png", "c/d.png", AwsCredentialsIdentity.create("key", "secret"), Instant.EPOCH);

        assertThat(request.line()).isEqualTo("PUT /bucket/c/d.png HTTP/1.1");
        assertThat(request.headers())
                .containsAllEntriesOf(HEADERS)
                .containsEntry("content-length", "0")
                .containsEntry("x-amz-copy-source", "old-bucket/a%20b.png");
    }

    @ParameterizedTest
    @CsvSource({"'key\r\nx-amz-acl: any', token", "key, 'token\r\nx-amz-acl: any'"})
    void credentialsCannotAddAHeader(String accessKey, String token) {
        AwsCredentialsIdentity broken = AwsSessionCredentialsIdentity.create(accessKey, "secret", token);

        assertThatThrownBy(() -> writer.write(Unpooled.buffer(), "a", "b", broken, Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("token");
    }

    private static Map<String, String> signedBySdk(
            String path, String source, AwsCredentialsIdentity credentials, Instant now) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .protocol("https")
                .host("s3.eu-central-1.amazonaws.com")
                .encodedPath(path);
        HEADERS.forEach(request::putHeader);
        request.putHeader("x-amz-copy-source", source);
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(credentials)
                        .request(request.build())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
                .request();
        Map<String, String> headers = new TreeMap<>();
        signed.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        return headers;
    }

    private static AwsCredentialsIdentity credentials(Random random) {
        String access = "AKIA" + random.nextInt(1_000_000);
        String secret = Long.toHexString(random.nextLong()) + "/+" + random.nextInt(3);
        return random.nextBoolean()
                ? AwsCredentialsIdentity.create(access, secret)
                : AwsSessionCredentialsIdentity.create(access, secret, "token/+=" + random.nextLong());
    }

    /** One to forty characters of every width in UTF-8, among them those that URLs treat specially. */
    private static String key(Random random) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i <= random.nextInt(40); i++) {
            switch (random.nextInt(4)) {
                case 0 -> key.append((char) (' ' + random.nextInt(95)));
                case 1 -> key.append("/+%&=?#;:@$,~*'()\"<>".charAt(random.nextInt(20)));
                case 2 -> key.append((char) (0xA0 + random.nextInt(0x2000)));
                default -> key.appendCodePoint(0x1F300 + random.nextInt(0x300));
            }
        }
        return key.toString();
    }
}
