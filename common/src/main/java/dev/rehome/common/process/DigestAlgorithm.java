package dev.rehome.common.process;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest algorithms that every Java platform supports. */
public enum DigestAlgorithm {
    SHA_1,
    SHA_256;

    /** A new computation. */
    public MessageDigest start() {
        String algorithm = name().replace('_', '-');
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform supports " + algorithm, impossible);
        }
    }

    /** The digest of a text in UTF-8, in lower-case hexadecimal digits. */
    public String hex(String text) {
        return HexFormat.of().formatHex(start().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
