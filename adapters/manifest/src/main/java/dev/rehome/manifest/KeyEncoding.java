package dev.rehome.manifest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The encoding of keys in a manifest. A field is given as its bytes, one per character, so that percent-encoded bytes and
 * bytes of UTF-8 are joined first and then decoded together.
 */
public enum KeyEncoding {
    /**
     * {@code %XX} is a byte and {@code +} a space, as S3 Inventory writes keys and S3 Batch Operations reads them
     * ("the contents of the manifest must be URL encoded", Amazon S3 User Guide).
     */
    URL,
    /** {@code %XX} is a byte and {@code +} a plus, as in URIs. */
    PERCENT,
    /** Not encoded. */
    PLAIN;

    /** A field that can't be decoded; the message says why, without the field. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /** Decodes a key. */
    String decode(String field) throws Malformed {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(field.length());
        for (int i = 0; i < field.length(); i++) {
            char next = field.charAt(i);
            if (next == '%' && this != PLAIN) {
                bytes.write(escaped(field, i));
                i += 2;
            } else {
                bytes.write(next == '+' && this == URL ? ' ' : next);
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static int escaped(String field, int at) throws Malformed {
        int high = at + 2 < field.length() ? Character.digit(field.charAt(at + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(field.charAt(at + 2), 16);
        if (low < 0) {
            throw new Malformed("a % without two hexadecimal digits after it; write a percent sign as %25, or set"
                    + " MANIFEST_ENCODING=plain");
        }
        return high * 16 + low;
    }

    /** Decodes a field that isn't a key. */
    static String text(String field) throws Malformed {
        return utf8(field.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String utf8(byte[] bytes) throws Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException invalid) {
            throw new Malformed("invalid UTF-8; save the manifest as UTF-8");
        }
    }
}
