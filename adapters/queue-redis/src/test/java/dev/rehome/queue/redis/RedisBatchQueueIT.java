package dev.rehome.queue.redis;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchQueueContract;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.ControlChannel;
import dev.rehome.common.queue.FleetCopies;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.queue.ProgressBoard;
import dev.rehome.common.queue.QueueContents;
import dev.rehome.common.queue.QueueSettings;
import dev.rehome.common.queue.QueueUnderTest;
import dev.rehome.common.settings.MigrationIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.RedisClient;

/** The queue on Redis passes the contract. */
@ExtendWith(RedisServers.class)
class RedisBatchQueueIT extends BatchQueueContract {
    private final RedisServer redis;

    RedisBatchQueueIT(RedisServer redis) {
        this.redis = redis;
    }

    @Override
    protected QueueUnderTest open() {
        return new OnRedis(redis);
    }

    private static final class OnRedis implements QueueUnderTest {
        private static final QueueSettings SETTINGS = new QueueSettings(LEASE, MAX_ATTEMPTS, MAX_OPEN);

        private final String migration = UUID.randomUUID().toString();
        private final RedisKeys keys = new RedisKeys(migration);
        private final RawRedis raw;
        private final RedisConnection redis;
        private final BatchReaper reaper;

        private OnRedis(RedisServer redis) {
            this.raw = new RawRedis(redis);
            this.redis = new RedisConnection(RawRedis.settings(redis), 2);
            // In production, recovery waits for one lease after the start of Redis.
            RedisRestartDetector neverRestarted = new RedisRestartDetector(Duration.ZERO, MonotonicClock.system());
            this.reaper = new RedisBatchReaper(this.redis, keys, SETTINGS, neverRestarted);
        }

        @Override
        public BatchPublisher publisher(String leader, Duration lease) {
            return publisher(leader, PRODUCTION, lease, run -> false);
        }

        @Override
        public BatchPublisher stagingPublisher(String leader, Predicate<RunId> isOurs) {
            return publisher(leader, STAGING, LEASE, isOurs);
        }

        private BatchPublisher publisher(
                String leader, MigrationIdentity migration, Duration lease, Predicate<RunId> isOurs) {
            QueueSettings settings = new QueueSettings(lease, MAX_ATTEMPTS, MAX_OPEN);
            return new RedisBatchPublisher(redis, keys, leader, new QueueOwner(migration), isOurs, settings);
        }

        @Override
        public BatchClaimer claimer(String owner) {
            return new RedisBatchClaimer(redis, redis, keys, owner, new QueueOwner(PRODUCTION), SETTINGS);
        }

        @Override
        public BatchClaimer stagingClaimer(String owner) {
            return new RedisBatchClaimer(redis, redis, keys, owner, new QueueOwner(STAGING), SETTINGS);
        }

        @Override
        public BatchReaper reaper() {
            return reaper;
        }

        @Override
        public ControlChannel control() {
            return new RedisControlChannel(redis, keys);
        }

        @Override
        public FleetCopies fleet() {
            return new RedisFleetCopies(redis, keys);
        }

        @Override
        public InstantSource time() {
            return () -> {
                Object micros = raw.client().eval("local t = redis.call('TIME') return t[1] * 1000000 + t[2]");
                return Instant.EPOCH.plus((Long) micros, ChronoUnit.MICROS);
            };
        }

        @Override
        public OperatorControl operator() {
            return new RedisOperatorControl(redis, keys);
        }

        @Override
        public ProgressBoard progress() {
            return new RedisProgressBoard(redis, keys);
        }

        @Override
        public String contents() {
            RedisClient client = raw.client();
            List<String> pending = client.lrange(keys.pending(), 0, -1);
            Collections.reverse(pending);
            return QueueContents.of(
                    ids(pending),
                    ids(client.zrange(keys.leases(), 0, -1)),
                    ids(client.lrange(keys.copied(), 0, -1)),
                    ids(client.lrange(keys.dead(), 0, -1)),
                    ids(client.smembers(keys.open())));
        }

        private static List<BatchId> ids(Collection<String> texts) {
            return texts.stream().map(BatchId::parse).toList();
        }

        @Override
        public void expireLeases() {
            for (String id : raw.client().zrange(keys.leases(), 0, -1)) {
                raw.client().zadd(keys.leases(), 1, id);
            }
        }

        @Override
        public void setClockBack(Duration by) {
            for (String id : raw.client().zrange(keys.leases(), 0, -1)) {
                raw.client().zincrby(keys.leases(), (double) by.toMillis(), id);
            }
        }

        @Override
        public Duration leaseLeft(BatchId batch) {
            String now = "local t = redis.call('TIME') return t[1] * 1000 + math.floor(t[2] / 1000)";
            double expiry = raw.client().zscore(keys.leases(), batch.toString());
            return Duration.ofMillis((long) expiry - (Long) raw.client().eval(now));
        }

        @Override
        public void take(BatchId batch, Place from) {
            String id = batch.toString();
            switch (from) {
                case PENDING -> raw.client().lrem(keys.pending(), 0, id);
                case LEASED -> raw.client().zrem(keys.leases(), id);
                case COPIED -> raw.client().lrem(keys.copied(), 0, id);
                case DEAD -> raw.client().lrem(keys.dead(), 0, id);
                case OPEN -> raw.client().srem(keys.open(), id);
            }
        }

        @Override
        public void put(BatchId batch, Place into) {
            String id = batch.toString();
            switch (into) {
                case PENDING -> raw.client().lpush(keys.pending(), id);
                case LEASED -> raw.client().zadd(keys.leases(), Double.MAX_VALUE, id);
                case COPIED -> raw.client().rpush(keys.copied(), id);
                case DEAD -> raw.client().rpush(keys.dead(), id);
                case OPEN -> raw.client().sadd(keys.open(), id);
            }
        }

        @Override
        public void forget(BatchId batch) {
            raw.client().del(keys.batch(batch));
        }

        @Override
        public void wipe() {
            for (String key : raw.client().keys("rehome:{" + migration + "}:*")) {
                raw.client().del(key);
            }
        }

        @Override
        public void close() {
            redis.close();
            raw.close();
        }
    }
}
