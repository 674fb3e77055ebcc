package dev.rehome.queue.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The Lua scripts: each is one atomic transition of the protocol. Their headers give arguments and replies. */
enum RedisScript {
    LEAD,
    BEGIN_PASS,
    ENQUEUE,
    CLAIM,
    HEARTBEAT,
    COMPLETE,
    RELEASE,
    RECOVER,
    FINISH,
    REQUEUE,
    SPLIT,
    RECONCILE,
    QUARANTINE,
    REPORT,
    REPORTS,
    CHANGE,
    RESTORE,
    RECORDS,
    TIME,
    TAKE,
    ENDED;

    private final String text;
    private final String sha;

    RedisScript() {
        this.text = load(name().toLowerCase(Locale.ROOT) + ".lua");
        this.sha = sha1(text);
    }

    String text() {
        return text;
    }

    String sha() {
        return sha;
    }

    private static String load(String file) {
        try (InputStream in = RedisScript.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The script " + file + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String sha1(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
