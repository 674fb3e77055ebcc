-- lead(leader, run, settings, lease ms, max attempts, earlier) -> {'led', pass, position, published, dropped}
--                                                              | {'other', run, settings}
-- Makes a producer the leader of a run. The batches of the run 'earlier', one of the same migration, are dropped; a queue
-- that any other run holds is left alone. Lease and attempts apply to every consumer from now on.
-- The first write is one that Redis allows when its memory is full: only a leader can finish batches and free memory.
-- KEYS, the same for every script: pending, leases, copied, dead, open, scan, quarantine, consumers.
-- ARGV: batch prefix, then the arguments above.
local pending, leases, copied, dead, open, scan = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local owner = redis.call('HMGET', scan, 'run', 'settings')
if owner[1] and owner[1] ~= ARGV[3] and owner[1] ~= ARGV[7] then
  return {'other', owner[1], owner[2] or '{}'}
end
redis.call('HDEL', scan, 'leader')
local dropped = 0
if owner[1] ~= ARGV[3] then
  local function drop(ids)
    for _, id in ipairs(ids) do
      dropped = dropped + redis.call('DEL', ARGV[1] .. id)
    end
  end
  for _, list in ipairs({pending, copied, dead}) do
    drop(redis.call('LRANGE', list, 0, -1))
  end
  drop(redis.call('ZRANGE', leases, 0, -1))
  drop(redis.call('SMEMBERS', open))
  redis.call('DEL', pending, leases, copied, dead, open, scan)
end
redis.call('HSET', scan, 'leader', ARGV[2], 'run', ARGV[3], 'settings', ARGV[4], 'lease', ARGV[5],
  'max_attempts', ARGV[6])
local known = redis.call('HMGET', scan, 'pass', 'position', 'published')
return {'led', known[1] or '0', known[2] or '', known[3] or '0', dropped}
