package dev.rehome.store.s3.lean;

import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding of S3 paths as Signature Version 4 requires it: every byte of the UTF-8 except the unreserved
 * characters of RFC 3986 and the slash, in upper-case hexadecimal, once.
 */
final class UriEncoding {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final boolean[] LITERAL = new boolean[128];

    static {
        for (char c = 0; c < 128; c++) {
            LITERAL[c] = (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || "-._~/".indexOf(c) >= 0;
        }
    }

    private UriEncoding() {}

    /** Appends an object key, byte for byte. */
    static void append(StringBuilder to, String objectKey) {
        int literal = 0;
        while (literal < objectKey.length() && isLiteral(objectKey.charAt(literal))) {
            literal++;
        }
        to.append(objectKey, 0, literal);
        if (literal == objectKey.length()) {
            return;
        }
        for (byte each : objectKey.substring(literal).getBytes(StandardCharsets.UTF_8)) {
            if (each >= 0 && LITERAL[each]) {
                to.append((char) each);
            } else {
                to.append('%').append(HEX[each >> 4 & 0xf]).append(HEX[each & 0xf]);
            }
        }
    }

    private static boolean isLiteral(char c) {
        return c < 128 && LITERAL[c];
    }
}
