package dev.rehome.store.s3.lean;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs requests by AWS Signature Version 4, as the "Signature Version 4 signing process" of the AWS General Reference
 * specifies it. Everything that credentials and the second determine is computed once for both. For use by one thread.
 */
final class RequestSigner {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    /** The length of a signature or of a SHA-256 in hexadecimal digits. */
    static final int DIGITS = 64;

    private static final int HASH = 32;
    private static final byte[] HEX = AsciiText.ascii("0123456789abcdef");
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DAY = 8;

    private final String region;
    private final String service;
    private final MessageDigest sha256;
    private final Mac hmac;
    private final byte[] hash = new byte[HASH];
    private String moment = "";
    private String scope = "";
    /** The text that is signed; its last 64 bytes are the hash of the request. */
    private byte[] toSign = new byte[0];

    /** Signs for one region and service, such as {@code eu-central-1} and {@code s3}. */
    RequestSigner(String region, String service) {
        this.region = region;
        this.service = service;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
            this.hmac = Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every JVM has SHA-256 and HmacSHA256", impossible);
        }
    }

    /** Signs with these credentials at this time from now on. */
    void use(AwsCredentialsIdentity credentials, Instant now) {
        moment = MOMENT.format(now);
        String day = moment.substring(0, DAY);
        scope = day + "/" + region + "/" + service + "/aws4_request";
        byte[] start = (ALGORITHM + "\n" + moment + "\n" + scope + "\n").getBytes(StandardCharsets.US_ASCII);
        toSign = Arrays.copyOf(start, start.length + DIGITS);
        byte[] key = ("AWS4" + credentials.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {day, region, service, "aws4_request"}) {
            key(key);
            key = hmac.doFinal(part.getBytes(StandardCharsets.UTF_8));
        }
        key(key);
    }

    /** The time as the header {@code x-amz-date} has it. */
    String moment() {
        return moment;
    }

    /** Day, region and service, as the credential's scope has them. */
    String scope() {
        return scope;
    }

    /**
     * Writes the signature of a canonical request.
     *
     * @param length of the request at the beginning of {@code canonicalRequest}
     * @param into gets 64 hexadecimal digits
     */
    void sign(byte[] canonicalRequest, int length, byte[] into) {
        try {
            sha256.update(canonicalRequest, 0, length);
            sha256.digest(hash, 0, HASH);
            hex(hash, toSign, toSign.length - DIGITS);
            hmac.update(toSign);
            hmac.doFinal(hash, 0);
        } catch (DigestException | ShortBufferException impossible) {
            throw new IllegalStateException("32 bytes hold a SHA-256", impossible);
        }
        hex(hash, into, 0);
    }

    private void key(byte[] key) {
        try {
            hmac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 takes any key", impossible);
        }
    }

    private static void hex(byte[] from, byte[] into, int at) {
        for (int i = 0; i < HASH; i++) {
            into[at + 2 * i] = HEX[from[i] >> 4 & 0xf];
            into[at + 2 * i + 1] = HEX[from[i] & 0xf];
        }
    }
}
