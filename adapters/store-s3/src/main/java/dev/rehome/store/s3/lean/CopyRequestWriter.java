package dev.rehome.store.s3.lean;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Writes signed CopyObject requests between two buckets. Only the two keys and the signature differ between requests of
 * the same second; everything else is made once for all of them. For use by one thread.
 */
final class CopyRequestWriter {
    /** SHA-256 of an empty body, in hexadecimal. */
    static final String EMPTY_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String COPY_SOURCE = "x-amz-copy-source";
    private static final byte[] PUT = "PUT ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CANONICAL_PUT = "PUT\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST_USUAL = 2_048;

    private final CopyTemplate template;
    private final RequestSigner signer;
    private final byte[] pathStart;
    private final byte[] sourceStart;
    private final AsciiText canonical = new AsciiText(LARGEST_USUAL);
    private final byte[] signature = new byte[RequestSigner.DIGITS];
    private AwsCredentialsIdentity credentials;
    private long second;
    /** The canonical request between path and source, and after the source. */
    private byte[] canonicalMiddle;

    private byte[] canonicalEnd;
    /** The request between path and source, and between source and signature. */
    private byte[] middle;

    private byte[] end;

    CopyRequestWriter(CopyTemplate template) {
        this.template = template;
        this.signer = new RequestSigner(template.region(), "s3");
        this.pathStart = AsciiText.ascii(template.pathStart());
        this.sourceStart = AsciiText.ascii(template.sourceStart());
    }

    /** Appends the request that copies an object, signed with these credentials at this time. */
    void write(ByteBuf request, String sourceKey, String targetKey, AwsCredentialsIdentity identity, Instant now) {
        if (identity != credentials || now.getEpochSecond() != second) {
            prepare(identity, now);
        }
        canonical.clear();
        canonical.add(CANONICAL_PUT);
        int path = canonical.length();
        canonical.add(pathStart).addEncoded(targetKey);
        int pathLength = canonical.length() - path;
        canonical.add(canonicalMiddle);
        int source = canonical.length();
        canonical.add(sourceStart).addEncoded(sourceKey);
        int sourceLength = canonical.length() - source;
        canonical.add(canonicalEnd);
        byte[] text = canonical.array();
        signer.sign(text, canonical.length(), signature);
        request.ensureWritable(PUT.length
                        + pathLength
                        + middle.length
                        + sourceLength
                        + end.length
                        + signature.length
                        + END.length)
                .writeBytes(PUT)
                .writeBytes(text, path, pathLength)
                .writeBytes(middle)
                .writeBytes(text, source, sourceLength)
                .writeBytes(end)
                .writeBytes(signature)
                .writeBytes(END);
    }

    private void prepare(AwsCredentialsIdentity identity, Instant now) {
        credentials = null;
        signer.use(identity, now);
        SortedMap<String, String> headers = new TreeMap<>(template.headers());
        headers.put("x-amz-content-sha256", EMPTY_BODY);
        headers.put("x-amz-date", signer.moment());
        if (identity instanceof AwsSessionCredentialsIdentity session) {
            headers.put("x-amz-security-token", session.sessionToken());
        }
        headers.forEach((name, value) -> AsciiText.requirePrintable(name + value));
        AsciiText.requirePrintable(identity.accessKeyId());
        String others = lines(headers, ": ", "\r\n");
        SortedMap<String, String> signed = new TreeMap<>(headers);
        signed.put(COPY_SOURCE, "");
        String names = String.join(";", signed.keySet());
        canonicalMiddle = bytes("\n\n" + lines(headers.headMap(COPY_SOURCE), ":", "\n") + COPY_SOURCE + ":");
        canonicalEnd = bytes("\n" + lines(headers.tailMap(COPY_SOURCE), ":", "\n") + "\n" + names + "\n" + EMPTY_BODY);
        middle = bytes(" HTTP/1.1\r\n" + others + "content-length: 0\r\nuser-agent: rehome\r\n" + COPY_SOURCE + ": ");
        end = bytes("\r\nauthorization: " + RequestSigner.ALGORITHM + " Credential=" + identity.accessKeyId() + "/"
                + signer.scope() + ", SignedHeaders=" + names + ", Signature=");
        credentials = identity;
        second = now.getEpochSecond();
    }

    private static String lines(SortedMap<String, String> headers, String colon, String lineEnd) {
        StringBuilder text = new StringBuilder();
        headers.forEach(
                (name, value) -> text.append(name).append(colon).append(value).append(lineEnd));
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
