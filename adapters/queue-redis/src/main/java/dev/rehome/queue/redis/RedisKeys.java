package dev.rehome.queue.redis;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.queue.ProgressBoard;
import java.util.List;
import java.util.Locale;

/** The names of the Redis keys. One hash tag keeps a migration's keys in one cluster slot. */
record RedisKeys(String migration) {
    String pending() {
        return named("pending");
    }

    String leases() {
        return named("leases");
    }

    String copied() {
        return named("copied");
    }

    String dead() {
        return named("dead");
    }

    String open() {
        return named("open");
    }

    String scan() {
        return named("scan");
    }

    String quarantine() {
        return named("quarantine");
    }

    String control() {
        return named("control");
    }

    String changes() {
        return named("changes");
    }

    String throttle() {
        return named("throttle");
    }

    String consumers() {
        return named("consumers");
    }

    String progress() {
        return named("progress");
    }

    String history(ProgressBoard.Series series) {
        return named("history:" + series.name().toLowerCase(Locale.ROOT));
    }

    String fleet() {
        return named("fleet");
    }

    String batch(BatchId id) {
        return batchPrefix() + id;
    }

    String batch(String id) {
        return batchPrefix() + id;
    }

    String batchPrefix() {
        return named("batch:");
    }

    /** KEYS of every script, in this order. */
    List<String> scriptKeys() {
        return List.of(
                pending(),
                leases(),
                copied(),
                dead(),
                open(),
                scan(),
                quarantine(),
                consumers(),
                control(),
                changes(),
                fleet());
    }

    /** Matches every key of the migration, and no other, in SCAN. */
    String pattern() {
        return named("").replaceAll("([\\\\*?\\[\\]])", "\\\\$1") + "*";
    }

    private String named(String name) {
        return "rehome:{" + migration + "}:" + name;
    }
}
