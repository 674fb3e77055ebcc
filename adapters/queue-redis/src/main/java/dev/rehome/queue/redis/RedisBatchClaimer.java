package dev.rehome.queue.redis;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchCodec;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.CompleteResult;
import dev.rehome.common.queue.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer's calls. */
final class RedisBatchClaimer implements BatchClaimer {
    private static final Logger LOG = LoggerFactory.getLogger(RedisBatchClaimer.class);

    private final RedisConnection redis;
    private final RedisConnection heartbeats;
    private final RedisKeys keys;
    private final Quarantine refusals;
    private final String owner;
    private final String leaseMillis;
    private final String maxAttempts;

    RedisBatchClaimer(
            RedisConnection redis, RedisConnection heartbeats, RedisKeys keys, String owner, RedisSettings settings) {
        this.redis = redis;
        this.heartbeats = heartbeats;
        this.keys = keys;
        this.refusals = new Quarantine(redis, keys);
        this.owner = owner;
        this.leaseMillis = Long.toString(settings.lease().toMillis());
        this.maxAttempts = Integer.toString(settings.maxAttempts());
    }

    @Override
    public Optional<Claim> claim() {
        List<?> answer = (List<?>) redis.eval(RedisScript.CLAIM, keys, owner, leaseMillis);
        String what = (String) answer.get(0);
        if (what.equals("none")) {
            return Optional.empty();
        }
        List<BatchId> sound = refusals.sound(List.of((String) answer.get(1)));
        if (sound.isEmpty()) {
            return Optional.empty();
        }
        BatchId id = sound.get(0);
        if (what.equals("lost")) {
            LOG.warn("Batch {} has no payload in Redis; the next pass will find its records", id);
            return Optional.empty();
        }
        Lease lease = new Lease(id, owner, (Long) answer.get(3));
        return read(lease, (String) answer.get(2)).map(batch -> new Claim(lease, batch, (Long) answer.get(4)));
    }

    private Optional<Batch> read(Lease lease, String payload) {
        try {
            return Optional.of(BatchCodec.decode(lease.batch(), payload));
        } catch (IllegalArgumentException unreadable) {
            refusals.refuse(lease.batch().toString(), unreadable.getMessage());
            return Optional.empty();
        } catch (IllegalStateException otherRelease) {
            // Ours to end, another's to work on.
            release(lease, false);
            throw otherRelease;
        }
    }

    @Override
    public boolean heartbeat(Lease lease) {
        return heartbeats.confirm(RedisScript.HEARTBEAT, keys, held(lease, leaseMillis));
    }

    @Override
    public CompleteResult complete(Lease lease) {
        String answer = (String) redis.eval(RedisScript.COMPLETE, keys, held(lease));
        return CompleteResult.valueOf(answer.toUpperCase(Locale.ROOT));
    }

    @Override
    public boolean release(Lease lease, boolean counts) {
        return redis.confirm(RedisScript.RELEASE, keys, held(lease, counts ? "1" : "0", maxAttempts));
    }

    private static String[] held(Lease lease, String... more) {
        List<String> args =
                new ArrayList<>(List.of(lease.batch().toString(), lease.owner(), Long.toString(lease.epoch())));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }
}
