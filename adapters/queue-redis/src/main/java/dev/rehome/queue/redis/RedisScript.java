package dev.rehome.queue.redis;

import dev.rehome.common.process.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
        this.sha = DigestAlgorithm.SHA_1.hex(text);
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
}
