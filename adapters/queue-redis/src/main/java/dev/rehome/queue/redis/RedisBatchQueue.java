package dev.rehome.queue.redis;

import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.BatchQueue;
import dev.rehome.common.queue.BatchReaper;
import dev.rehome.common.queue.ControlChannel;
import java.time.InstantSource;

/** The queue of one migration on Redis. */
public final class RedisBatchQueue implements BatchQueue {
    private final RedisConnection shared;
    private final RedisConnection heartbeats;
    private final RedisSettings settings;
    private final RedisKeys keys;

    /**
     * Connects lazily: an absent Redis shows at the first call.
     *
     * @param migration names the keys; all processes of a migration give the same
     */
    public RedisBatchQueue(RedisSettings settings, String migration) {
        this.settings = settings;
        this.keys = new RedisKeys(migration);
        this.shared = new RedisConnection(settings, 8);
        // A connection of its own: work that holds every other one can't starve the proof of life.
        this.heartbeats = new RedisConnection(settings, 1);
    }

    @Override
    public BatchPublisher publisher(String leader) {
        return new RedisBatchPublisher(shared, keys, leader, settings.maxOpen());
    }

    @Override
    public BatchClaimer claimer(String owner) {
        return new RedisBatchClaimer(shared, heartbeats, keys, owner, settings);
    }

    @Override
    public BatchReaper reaper() {
        return new RedisBatchReaper(
                shared, keys, settings.lease(), settings.maxAttempts(), settings.lease(), InstantSource.system());
    }

    @Override
    public ControlChannel control() {
        return new RedisControlChannel(shared, keys);
    }

    @Override
    public void close() {
        shared.close();
        heartbeats.close();
    }
}
