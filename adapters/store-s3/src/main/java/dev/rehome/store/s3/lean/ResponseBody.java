package dev.rehome.store.s3.lean;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects the body of a response, in an array that the next response uses again. For one thread. */
final class ResponseBody {
    /** In bytes. A response to a copy has a few hundred, and S3 adds white space while it copies. */
    static final int LARGEST = 1 << 20;

    private static final int USUAL = 512;

    private byte[] bytes = new byte[USUAL];
    private int length;

    /** Begins with the body of another response. */
    void clear() {
        length = 0;
        if (bytes.length > USUAL) {
            bytes = new byte[USUAL];
        }
    }

    /** Adds a part; false if the body would be larger than {@link #LARGEST}, and nothing was added. */
    boolean append(ByteBuf part) {
        int size = length + part.readableBytes();
        if (size > LARGEST) {
            return false;
        }
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size));
        }
        part.readBytes(bytes, length, size - length);
        length = size;
        return true;
    }

    /** The body so far, decoded as UTF-8. */
    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
