package dev.rehome.emulation.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Recognises the call of one of the queue's scripts on the wire, by the hash in EVALSHA. */
public final class ScriptCall {
    private ScriptCall() {}

    /** The hash of a script, such as {@code enqueue}. */
    public static String of(String script) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes(script)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The script itself. */
    public static String text(String script) {
        return new String(bytes(script), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String script) {
        String resource = "/dev/rehome/queue/redis/" + script + ".lua";
        try (InputStream in = ScriptCall.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no " + resource);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
