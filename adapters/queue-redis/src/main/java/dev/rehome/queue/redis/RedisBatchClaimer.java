package dev.rehome.queue.redis;

import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchCodec;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.CompleteResult;
import dev.rehome.common.queue.Lease;
import dev.rehome.common.queue.QueueSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer's view of the queue. */
final class RedisBatchClaimer implements BatchClaimer {
    private static final Logger LOG = LoggerFactory.getLogger(RedisBatchClaimer.class);

    private final RedisConnection redis;
    private final RedisConnection heartbeats;
    private final RedisKeys keys;
    private final Quarantine quarantine;
    private final String consumer;
    private final QueueOwner owner;
    private volatile Duration leaseTime;

    RedisBatchClaimer(
            RedisConnection redis,
            RedisConnection heartbeats,
            RedisKeys keys,
            String consumer,
            QueueOwner owner,
            QueueSettings settings) {
        this.redis = redis;
        this.heartbeats = heartbeats;
        this.keys = keys;
        this.quarantine = new Quarantine(redis, keys);
        this.consumer = consumer;
        this.owner = owner;
        this.leaseTime = settings.lease();
    }

    @Override
    public Optional<Claim> claim(RunId run) {
        List<?> reply = (List<?>) redis.eval(RedisScript.CLAIM, keys, consumer, run.toString());
        return switch ((String) reply.get(0)) {
            case "none" -> Optional.empty();
            case "other" -> otherRun((String) reply.get(1), (String) reply.get(2));
            case "lost" -> lost((String) reply.get(1));
            default -> claimed(reply);
        };
    }

    /** A run that is just starting is in the ledger a moment before it is in the queue: then the settings are the same. */
    private Optional<Claim> otherRun(String run, String settings) {
        if (!owner.isOurs(settings)) {
            throw new Unavailable(owner.refusal(run, settings));
        }
        return Optional.empty();
    }

    private Optional<Claim> lost(String id) {
        if (!quarantine.valid(List.of(id)).isEmpty()) {
            LOG.warn("Batch {} has no payload of this run in Redis; the next pass finds its records", id);
        }
        return Optional.empty();
    }

    private Optional<Claim> claimed(List<?> reply) {
        leaseIs((Long) reply.get(5));
        for (BatchId id : quarantine.valid(List.of((String) reply.get(1)))) {
            Lease lease = new Lease(id, consumer, (Long) reply.get(3));
            return decode(lease, (String) reply.get(2)).map(batch -> new Claim(lease, batch, (Long) reply.get(4)));
        }
        return Optional.empty();
    }

    private Optional<Batch> decode(Lease lease, String payload) {
        try {
            return Optional.of(BatchCodec.decode(lease.batch(), payload));
        } catch (IllegalArgumentException undecodable) {
            quarantine.add(lease.batch().toString(), undecodable.getMessage());
            return Optional.empty();
        } catch (IllegalStateException otherRelease) {
            // Only a consumer of the matching release can decode it.
            release(lease, false);
            throw otherRelease;
        }
    }

    private void leaseIs(long millis) {
        Duration now = Duration.ofMillis(millis);
        if (!now.equals(leaseTime)) {
            LOG.warn(
                    "LEASE_SECONDS is {} s here and {} s at the producer, whose value applies",
                    leaseTime.toSeconds(),
                    now.toSeconds());
            leaseTime = now;
        }
    }

    @Override
    public Duration leaseTime() {
        return leaseTime;
    }

    @Override
    public boolean heartbeat(Lease lease) {
        long millis = (Long) heartbeats.eval(RedisScript.HEARTBEAT, keys, held(lease));
        if (millis > 0) {
            leaseIs(millis);
        }
        return millis > 0;
    }

    @Override
    public CompleteResult complete(Lease lease) {
        String reply = (String) redis.eval(RedisScript.COMPLETE, keys, held(lease));
        return CompleteResult.valueOf(reply.toUpperCase(Locale.ROOT));
    }

    @Override
    public boolean release(Lease lease, boolean counts) {
        return redis.confirm(RedisScript.RELEASE, keys, held(lease, counts ? "1" : "0"));
    }

    private static String[] held(Lease lease, String... more) {
        List<String> args =
                new ArrayList<>(List.of(lease.batch().toString(), lease.owner(), Long.toString(lease.epoch())));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }
}
