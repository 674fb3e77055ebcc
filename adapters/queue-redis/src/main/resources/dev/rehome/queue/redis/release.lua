-- release(id, owner, epoch, counts) -> 1, or 0 when the lease is lost
-- Returns a batch to the far end of pending. The attempt is undone unless it counts ('1'); after the last attempt that
-- counts the batch becomes a dead letter.
-- ARGV: batch prefix, id, owner, epoch, counts.
local pending, leases, dead, scan = KEYS[1], KEYS[2], KEYS[4], KEYS[6]
local batch = ARGV[1] .. ARGV[2]
local held = redis.pcall('HMGET', batch, 'state', 'owner', 'epoch', 'attempts')
if held[1] ~= 'leased' or held[2] ~= ARGV[3] or held[3] ~= ARGV[4] then
  return 0
end
redis.call('ZREM', leases, ARGV[2])
local max_attempts = tonumber(redis.call('HGET', scan, 'max_attempts') or math.huge)
if ARGV[5] == '1' and tonumber(held[4] or 0) >= max_attempts then
  redis.call('HSET', batch, 'state', 'dead')
  redis.call('RPUSH', dead, ARGV[2])
  return 1
end
redis.call('HSET', batch, 'state', 'pending')
if ARGV[5] == '0' then
  redis.call('HINCRBY', batch, 'attempts', -1)
end
redis.call('LPUSH', pending, ARGV[2])
return 1
