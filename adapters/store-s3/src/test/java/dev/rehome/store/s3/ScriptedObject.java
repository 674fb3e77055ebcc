package dev.rehome.store.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * An object in the scripted server.
 *
 * @param text its content, a character a byte
 * @param etag its tag, without quotes
 * @param headers what a HEAD answers beside tag and length
 * @param tags its tags
 */
record ScriptedObject(String text, String etag, Map<String, String> headers, Map<String, String> tags) {
    static ScriptedObject of(String text) {
        return new ScriptedObject(text, tag(text), Map.of(), Map.of());
    }

    /** An object that was written in parts: its tag is the MD5 of the parts' MD5s. */
    static ScriptedObject ofParts(List<String> parts, Map<String, String> headers, Map<String, String> tags) {
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        parts.forEach(part -> digests.writeBytes(md5(bytes(part))));
        String etag = HexFormat.of().formatHex(md5(digests.toByteArray())) + "-" + parts.size();
        return new ScriptedObject(String.join("", parts), etag, headers, tags);
    }

    ScriptedObject withETag(String other) {
        return new ScriptedObject(text, other, headers, tags);
    }

    ScriptedObject withHeaders(Map<String, String> others) {
        return new ScriptedObject(text, etag, others, tags);
    }

    ScriptedObject withTags(Map<String, String> others) {
        return new ScriptedObject(text, etag, headers, others);
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
