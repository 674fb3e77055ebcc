-- set_aside(id, reason) -> 1
-- Takes an id that is none of ours, or a batch that nobody can read, out of everything that the loops look at, and
-- keeps it for an operator; repeatable. Its first write is one that Redis allows when its memory is full.
-- ARGV: batch prefix, id, reason.
local pending, leases, copied, dead, open = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
for _, list in ipairs({pending, copied, dead}) do
  redis.call('LREM', list, 0, ARGV[2])
end
redis.call('ZREM', leases, ARGV[2])
redis.call('SREM', open, ARGV[2])
redis.call('HSET', KEYS[7], ARGV[2], ARGV[3])
local batch = ARGV[1] .. ARGV[2]
if redis.call('EXISTS', batch) == 1 then
  redis.call('HSET', batch, 'state', 'refused', 'last_error', ARGV[3])
end
return 1
