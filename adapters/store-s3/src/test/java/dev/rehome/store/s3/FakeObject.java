package dev.rehome.store.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * An object in the fake server.
 *
 * @param text its content, one byte per character
 * @param etag its tag, without quotes
 * @param headers the headers in the response to HEAD besides ETag and length
 * @param tags its tags
 */
record FakeObject(String text, String etag, Map<String, String> headers, Map<String, String> tags) {
    static FakeObject of(String text) {
        return new FakeObject(text, tag(text), Map.of(), Map.of());
    }

    /** An object that was written in parts: its tag is the MD5 of the parts' MD5s. */
    static FakeObject ofParts(List<String> parts, Map<String, String> headers, Map<String, String> tags) {
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        parts.forEach(part -> digests.writeBytes(md5(bytes(part))));
        String etag = HexFormat.of().formatHex(md5(digests.toByteArray())) + "-" + parts.size();
        return new FakeObject(String.join("", parts), etag, headers, tags);
    }

    FakeObject withETag(String other) {
        return new FakeObject(text, other, headers, tags);
    }

    FakeObject withHeaders(Map<String, String> others) {
        return new FakeObject(text, etag, others, tags);
    }

    FakeObject withTags(Map<String, String> others) {
        return new FakeObject(text, etag, headers, others);
    }

    /** The tag of what is written in one part. */
    static String tag(String text) {
        return HexFormat.of().formatHex(md5(bytes(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
