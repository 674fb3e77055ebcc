package dev.rehome.manifest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Keys as they stand in a manifest to keys as they are. A field comes as its bytes, one to a character, so that what
 * is encoded and what stands there as UTF-8 are joined before they are read as text, once and strictly.
 */
record KeyDecoding(KeyEncoding encoding) {
    /** A field that is no key; the message says why, without the field. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /** The key that a field's bytes stand for. */
    String decode(String field) throws Malformed {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(field.length());
        for (int i = 0; i < field.length(); i++) {
            char next = field.charAt(i);
            if (next == '%' && encoding != KeyEncoding.PLAIN) {
                bytes.write(escaped(field, i));
                i += 2;
            } else {
                bytes.write(next == '+' && encoding == KeyEncoding.URL ? ' ' : next);
            }
        }
        return text(bytes.toByteArray());
    }

    private static int escaped(String field, int at) throws Malformed {
        int high = at + 2 < field.length() ? Character.digit(field.charAt(at + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(field.charAt(at + 2), 16);
        if (low < 0) {
            throw new Malformed("a % that two hexadecimal digits don't follow: write a percent sign as %25, or set"
                    + " MANIFEST_ENCODING=plain");
        }
        return high * 16 + low;
    }

    /** A text as it stands, for what is no key. */
    static String text(String field) throws Malformed {
        return text(field.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(byte[] bytes) throws Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw new Malformed("bytes that are no UTF-8: save the manifest as UTF-8");
        }
    }
}
