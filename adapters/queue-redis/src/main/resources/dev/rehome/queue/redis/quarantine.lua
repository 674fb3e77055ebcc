-- quarantine(id, reason) -> 1
-- Removes an invalid id, or a batch that can't be decoded, from every container and keeps it for an operator; repeatable.
-- The first write is one that Redis allows when its memory is full.
-- ARGV: batch prefix, id, reason.
local pending, leases, copied, dead, open, quarantine = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[7]
for _, list in ipairs({pending, copied, dead}) do
  redis.call('LREM', list, 0, ARGV[2])
end
redis.call('ZREM', leases, ARGV[2])
redis.call('SREM', open, ARGV[2])
redis.call('HSET', quarantine, ARGV[2], ARGV[3])
local batch = ARGV[1] .. ARGV[2]
if redis.call('TYPE', batch).ok == 'hash' then
  redis.call('HSET', batch, 'state', 'quarantined', 'last_error', ARGV[3])
end
return 1
