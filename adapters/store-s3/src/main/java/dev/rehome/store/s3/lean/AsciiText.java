package dev.rehome.store.s3.lean;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a request in the making, reused from one request to the next. For use by one thread. */
final class AsciiText {
    private static final byte[] HEX = ascii("0123456789ABCDEF");
    /** The unreserved characters of RFC 3986 and the slash: Signature Version 4 encodes every other byte. */
    private static final boolean[] LITERAL = new boolean[128];

    static {
        for (char c = 0; c < LITERAL.length; c++) {
            LITERAL[c] = Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0;
        }
    }

    private byte[] bytes;
    private int length;

    AsciiText(int capacity) {
        bytes = new byte[capacity];
    }

    /**
     * The bytes of a text that can be part of a request line or a header.
     *
     * @throws IllegalArgumentException if it has a line break or another character that a header can't hold
     */
    static byte[] ascii(String text) {
        requirePrintable(text);
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Fails as {@link #ascii} does. */
    static void requirePrintable(String text) {
        if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "Expected printable ASCII in a header of the request, got other characters");
        }
    }

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    /** The bytes, valid up to {@link #length} and until the next change. */
    byte[] array() {
        return bytes;
    }

    AsciiText add(byte[] more) {
        ensure(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** Adds an object key, percent-encoded once, byte for byte, as Signature Version 4 requires it for S3. */
    AsciiText addEncoded(String key) {
        int size = key.length();
        ensure(size);
        for (int i = 0; i < size; i++) {
            char c = key.charAt(i);
            if (c >= LITERAL.length || !LITERAL[c]) {
                return addEncodedBytes(key.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            bytes[length++] = (byte) c;
        }
        return this;
    }

    private AsciiText addEncodedBytes(byte[] key) {
        ensure(3 * key.length);
        for (byte each : key) {
            if (each >= 0 && LITERAL[each]) {
                bytes[length++] = each;
            } else {
                bytes[length++] = '%';
                bytes[length++] = HEX[each >> 4 & 0xf];
                bytes[length++] = HEX[each & 0xf];
            }
        }
        return this;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
