package dev.rehome.queue.redis;

import dev.rehome.common.batch.BatchId;
import java.util.List;

/** The only place where the names of Redis keys stand. One hash tag keeps a migration's keys in one cluster slot. */
record RedisKeys(String migration) {
    RedisKeys {
        if (migration.isEmpty() || migration.indexOf('{') >= 0 || migration.indexOf('}') >= 0) {
            throw new IllegalArgumentException(
                    "A migration's name is not empty and has no braces: '" + migration + "'");
        }
    }

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

    String refused() {
        return named("refused");
    }

    String control() {
        return named("control");
    }

    String throttle() {
        return named("throttle");
    }

    String consumers() {
        return named("consumers");
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

    /** What every script gets as KEYS, in this order. */
    List<String> scriptKeys() {
        return List.of(pending(), leases(), copied(), dead(), open(), scan(), refused(), consumers());
    }

    private String named(String what) {
        return "rehome:{" + migration + "}:" + what;
    }
}
