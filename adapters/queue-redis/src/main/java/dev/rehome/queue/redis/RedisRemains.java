package dev.rehome.queue.redis;

import dev.rehome.common.Remains;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** The keys of one migration, found by their common prefix. */
record RedisRemains(RedisConnection redis, RedisKeys keys) implements Remains {
    private static final int SCANNED = 1_000;

    @Override
    public List<String> names() {
        // SCAN may return a key more than once.
        return List.copyOf(new TreeSet<>(found()));
    }

    private List<String> found() {
        ScanParams ours = new ScanParams().match(keys.pattern()).count(SCANNED);
        List<String> found = new ArrayList<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            String from = cursor;
            ScanResult<String> page = redis.call(r -> r.scan(from, ours));
            found.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return found;
    }

    @Override
    public void drop() {
        names().forEach(name -> redis.call(r -> r.unlink(name)));
    }
}
