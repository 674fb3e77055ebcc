package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.verification.Verdict;
import java.util.List;

/**
 * At every moment an open batch is in exactly one of pending, leases, copied and dead, and its content is there; there
 * are never more open batches than MAX_OPEN_BATCHES, and Redis evicts nothing. At the end the queue is empty.
 */
public final class EveryBatchInOnePlace implements Guarantee {
    private static final long PERIOD_MILLIS = 50;

    /** One script, so that it never sees a batch between two places. Returns the inconsistencies. */
    private static final String CHECK = """
            local prefix, most, wrong, places = ARGV[1], tonumber(ARGV[2]), {}, {}
            local function put(place, ids)
              for _, id in ipairs(ids) do
                places[id] = (places[id] or '') .. ' ' .. place
                if redis.call('SISMEMBER', prefix .. 'open', id) == 0 then
                  table.insert(wrong, 'batch ' .. id .. ' is in ' .. place .. ' and not open')
                end
              end
            end
            for _, list in ipairs({'pending', 'copied', 'dead'}) do
              put(list, redis.call('LRANGE', prefix .. list, 0, -1))
            end
            put('leases', redis.call('ZRANGE', prefix .. 'leases', 0, -1))
            for _, id in ipairs(redis.call('SMEMBERS', prefix .. 'open')) do
              local place = places[id] or ' no place'
              if not string.match(place, '^ %a+$') then
                table.insert(wrong, 'batch ' .. id .. ' is open and in' .. place)
              end
              if place ~= ' dead' and redis.call('HEXISTS', prefix .. 'batch:' .. id, 'payload') == 0 then
                table.insert(wrong, 'batch ' .. id .. ' is open and has no content')
              end
            end
            local open = redis.call('SCARD', prefix .. 'open')
            if open > most then
              table.insert(wrong, open .. ' batches are open, expected at most ' .. most)
            end
            if not string.find(redis.call('INFO', 'stats'), 'evicted_keys:0', 1, true) then
              table.insert(wrong, 'Redis evicted keys')
            end
            return wrong""";

    private final QueueInspector queue;
    private final String most;
    private final Verdict seen = new Verdict();
    private final Sampling sampling;

    /** Starts watching. */
    public EveryBatchInOnePlace(EmulatedMigration migration) {
        this.queue = migration.queue();
        this.most = migration.environment().getOrDefault("MAX_OPEN_BATCHES", "1000");
        this.sampling = new Sampling("every-batch-in-one-place", PERIOD_MILLIS, () -> check(seen));
    }

    private void check(Verdict verdict) {
        for (Object wrong : (List<?>) queue.eval(CHECK, most)) {
            verdict.breach(wrong.toString());
        }
    }

    @Override
    public String property() {
        return "at every moment each batch was in exactly one place of the queue; at the end the queue is empty";
    }

    @Override
    public void judge(Verdict verdict) {
        seen.breaches().forEach(breach -> verdict.breach("during the run: " + breach));
        check(verdict);
        if (queue.open() > 0) {
            verdict.breach(queue.open() + " batches are open after the end");
        }
        queue.keys().stream()
                .filter(key -> key.contains(":batch:"))
                .forEach(key -> verdict.breach("the queue still holds " + key));
    }

    @Override
    public void close() {
        try {
            sampling.close();
        } finally {
            queue.close();
        }
    }
}
