package dev.rehome.queue.redis;

import dev.rehome.common.queue.FleetCopies;
import java.util.List;

/** The key fleet: one bucket by Redis' clock, and the counts of the last minute. */
record RedisFleetCopies(RedisConnection redis, RedisKeys keys) implements FleetCopies {
    @Override
    public int take(int wanted, int perSecond) {
        Object granted = redis.eval(RedisScript.TAKE, keys, Integer.toString(wanted), Integer.toString(perSecond));
        return ((Long) granted).intValue();
    }

    @Override
    public void ended(Tries tries) {
        add(tries);
    }

    @Override
    public Tries lastMinute() {
        return add(Tries.NONE);
    }

    private Tries add(Tries tries) {
        List<?> sums = (List<?>)
                redis.eval(RedisScript.ENDED, keys, Long.toString(tries.all()), Long.toString(tries.throttled()));
        return new Tries((Long) sums.get(0), (Long) sums.get(1));
    }
}
