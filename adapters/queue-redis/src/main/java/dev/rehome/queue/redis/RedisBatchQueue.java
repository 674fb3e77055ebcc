package dev.rehome.queue.redis;

import dev.rehome.common.Remains;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchQueue;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.ControlChannel;
import dev.rehome.common.queue.FleetCopies;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.common.queue.ProgressBoard;
import dev.rehome.common.queue.QueueSettings;
import dev.rehome.common.settings.MigrationIdentity;
import java.util.function.Predicate;

/** The queue of one migration on Redis. */
public final class RedisBatchQueue implements BatchQueue {
    static final int SHARED_CONNECTIONS = 8;

    private final RedisConnection shared;
    private final RedisConnection heartbeats;
    private final QueueSettings settings;
    private final QueueOwner owner;
    private final RedisKeys keys;

    /** Connects lazily. All processes of a migration give the same {@code migration}. */
    public RedisBatchQueue(RedisSettings redis, QueueSettings settings, MigrationIdentity migration) {
        this.settings = settings;
        this.owner = new QueueOwner(migration);
        this.keys = new RedisKeys(migration.name());
        this.shared = new RedisConnection(redis, SHARED_CONNECTIONS);
        // A connection of its own, so that heartbeats don't wait for calls that occupy all the others.
        this.heartbeats = new RedisConnection(redis, 1);
    }

    @Override
    public BatchPublisher publisher(String leader, Predicate<RunId> isOurs) {
        return new RedisBatchPublisher(shared, keys, leader, owner, isOurs, settings);
    }

    @Override
    public BatchClaimer claimer(String consumer) {
        return new RedisBatchClaimer(shared, heartbeats, keys, consumer, owner, settings);
    }

    @Override
    public BatchReaper reaper() {
        return new RedisBatchReaper(
                shared, keys, settings, new RedisRestartDetector(settings.lease(), MonotonicClock.system()));
    }

    @Override
    public ControlChannel control() {
        return new RedisControlChannel(shared, keys);
    }

    @Override
    public OperatorControl operator() {
        return new RedisOperatorControl(shared, keys);
    }

    @Override
    public ProgressBoard progress() {
        return new RedisProgressBoard(shared, keys);
    }

    @Override
    public FleetCopies fleet() {
        return new RedisFleetCopies(shared, keys);
    }

    @Override
    public Remains remains() {
        return new RedisRemains(shared, keys);
    }

    RedisConnection shared() {
        return shared;
    }

    @Override
    public void close() {
        shared.close();
        heartbeats.close();
    }
}
