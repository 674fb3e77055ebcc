package dev.rehome.store.s3.lean;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Signature Version 4, against AWS's published examples and against the SDK's own signer. */
class RequestSignerTest {
    /** "get-vanilla" of the AWS Signature Version 4 test suite. */
    @Test
    void signsTheVanillaRequestOfTheTestSuite() {
        SortedMap<String, String> headers =
                new TreeMap<>(Map.of("host", "example.amazonaws.com", "x-amz-date", "20150830T123600Z"));
        AwsCredentialsIdentity credentials =
                AwsCredentialsIdentity.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

        String signed = new RequestSigner("us-east-1", "service")
                .authorization("GET", "/", headers, credentials, Instant.parse("2015-08-30T12:36:00Z"));

        assertThat(signed)
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=host;x-amz-date,"
                        + " Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    /** "GET Object" in the examples of the Amazon S3 API Reference, Authenticating Requests. */
    @Test
    void signsTheObjectRequestOfTheS3Reference() {
        SortedMap<String, String> headers = new TreeMap<>(Map.of(
                "host", "examplebucket.s3.amazonaws.com",
                "range", "bytes=0-9",
                "x-amz-content-sha256", RequestSigner.EMPTY_BODY,
                "x-amz-date", "20130524T000000Z"));
        AwsCredentialsIdentity credentials =
                AwsCredentialsIdentity.create("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

        String signed = new RequestSigner("us-east-1", "s3")
                .authorization("GET", "/test.txt", headers, credentials, Instant.parse("2013-05-24T00:00:00Z"));

        assertThat(signed).endsWith("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void signsAnyCopyAsTheSdkDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RequestSigner signer = new RequestSigner("eu-central-1", "s3");

        for (int i = 0; i < 5_000; i++) {
            Instant now = Instant.ofEpochSecond(1_600_000_000L + random.nextInt(400_000_000));
            AwsCredentialsIdentity credentials = credentials(random);
            String path = CopyTemplate.withKey("/bucket/", key(random));
            String source = CopyTemplate.withKey("old-bucket/", key(random));
            SortedMap<String, String> headers = new TreeMap<>(Map.of(
                    "host", "s3.eu-central-1.amazonaws.com",
                    "if-none-match", "*",
                    "x-amz-copy-source", source));
            SdkHttpRequest expected = signedBySdk(path, headers, credentials, now);

            headers.put("x-amz-content-sha256", RequestSigner.EMPTY_BODY);
            headers.put("x-amz-date", signer.date(now));
            if (credentials instanceof AwsSessionCredentialsIdentity session) {
                headers.put("x-amz-security-token", session.sessionToken());
            }
            assertThat(signer.authorization("PUT", path, headers, credentials, now))
                    .as("seed %d, request %d, path %s", seed, i, path)
                    .isEqualTo(expected.firstMatchingHeader("Authorization").orElseThrow());
        }
    }

    private static SdkHttpRequest signedBySdk(
            String path, Map<String, String> headers, AwsCredentialsIdentity credentials, Instant now) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .protocol("https")
                .host("s3.eu-central-1.amazonaws.com")
                .encodedPath(path);
        headers.forEach(request::putHeader);
        return AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(credentials)
                        .request(request.build())
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
                .request();
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
