package dev.rehome.store.s3.lean;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs requests without a body by AWS Signature Version 4, as the "Signature Version 4 signing process" of the AWS
 * General Reference specifies it. The signing key is derived once per day and credentials. For use by one thread.
 */
final class RequestSigner {
    /** SHA-256 of an empty body, in hexadecimal. */
    static final String EMPTY_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String scopeEnd;
    private final String region;
    private final String service;
    private final MessageDigest sha256;
    private final Mac hmac;
    private final StringBuilder text = new StringBuilder(1024);
    private long second = Long.MIN_VALUE;
    private String moment = "";
    private String day = "";
    private String keyDay = "";
    private String keySecret = "";

    /** Signs for one region and service, such as {@code eu-central-1} and {@code s3}. */
    RequestSigner(String region, String service) {
        this.region = region;
        this.service = service;
        this.scopeEnd = "/" + region + "/" + service + "/aws4_request";
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
            this.hmac = Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JVM has SHA-256 and HmacSHA256", impossible);
        }
    }

    /** The moment as the header {@code x-amz-date} has it; to be signed with the same instant. */
    String date(Instant now) {
        if (now.getEpochSecond() != second) {
            second = now.getEpochSecond();
            moment = MOMENT.format(now);
            day = DAY.format(now);
        }
        return moment;
    }

    /**
     * The value of the header {@code Authorization}.
     *
     * @param method the HTTP method
     * @param path the path as it is sent: encoded once
     * @param headers the headers to sign, {@code x-amz-date} and {@code host} among them, names in lower case, in order
     * @param now the instant of {@code x-amz-date}
     */
    String authorization(
            String method, String path, Map<String, String> headers, AwsCredentialsIdentity credentials, Instant now) {
        String signedAt = date(now);
        String names = String.join(";", headers.keySet());
        text.setLength(0);
        text.append(method).append('\n').append(path).append("\n\n");
        headers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        text.append('\n').append(names).append('\n').append(EMPTY_BODY);
        String request = HexFormat.of().formatHex(sha256.digest(bytes(text)));

        text.setLength(0);
        text.append(ALGORITHM)
                .append('\n')
                .append(signedAt)
                .append('\n')
                .append(day)
                .append(scopeEnd);
        text.append('\n').append(request);
        byte[] toSign = bytes(text);
        useKeyOf(credentials.secretAccessKey());
        String signature = HexFormat.of().formatHex(hmac.doFinal(toSign));

        text.setLength(0);
        text.append(ALGORITHM)
                .append(" Credential=")
                .append(credentials.accessKeyId())
                .append('/');
        text.append(day).append(scopeEnd).append(", SignedHeaders=").append(names);
        return text.append(", Signature=").append(signature).toString();
    }

    /** Leaves the HMAC keyed with the day's signing key. */
    private void useKeyOf(String secret) {
        if (day.equals(keyDay) && secret.equals(keySecret)) {
            return;
        }
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {day, region, service, "aws4_request"}) {
            key(key);
            key = hmac.doFinal(part.getBytes(StandardCharsets.UTF_8));
        }
        key(key);
        keyDay = day;
        keySecret = secret;
    }

    private void key(byte[] key) {
        try {
            hmac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 takes any key", impossible);
        }
    }

    private static byte[] bytes(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
