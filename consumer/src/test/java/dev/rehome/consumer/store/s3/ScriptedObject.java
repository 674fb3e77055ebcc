package dev.rehome.consumer.store.s3;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * An object in the scripted server.
 *
 * @param bytes its content
 * @param etag its tag, without quotes
 * @param headers what a HEAD answers beside tag and length
 * @param tags its tags
 */
record ScriptedObject(byte[] bytes, String etag, Map<String, String> headers, Map<String, String> tags) {
    static ScriptedObject of(byte[] bytes) {
        return new ScriptedObject(bytes, HexFormat.of().formatHex(md5(bytes)), Map.of(), Map.of());
    }

    /** An object that was written in parts: its tag is the MD5 of the parts' MD5s. */
    static ScriptedObject ofParts(List<byte[]> parts, Map<String, String> headers, Map<String, String> tags) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
            digests.writeBytes(md5(part));
        }
        String etag = HexFormat.of().formatHex(md5(digests.toByteArray())) + "-" + parts.size();
        return new ScriptedObject(bytes.toByteArray(), etag, headers, tags);
    }

    ScriptedObject withETag(String other) {
        return new ScriptedObject(bytes, other, headers, tags);
    }

    ScriptedObject withHeaders(Map<String, String> others) {
        return new ScriptedObject(bytes, etag, others, tags);
    }

    ScriptedObject withTags(Map<String, String> others) {
        return new ScriptedObject(bytes, etag, headers, others);
    }

    static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
