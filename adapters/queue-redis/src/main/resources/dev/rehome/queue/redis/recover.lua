-- recover(limit, max attempts, lease ms) -> {to pending, to dead}
-- Moves at most limit batches whose lease expired. They go to the far end of pending, so that a batch that kills its
-- consumers can't starve fresh work. A lease that ends later than its own length from now was written before Redis' clock
-- was set back: it is cut to that length. Removed and added again, as in heartbeat.
-- ARGV: batch prefix, limit, max attempts, lease ms.
local pending, leases, dead = KEYS[1], KEYS[2], KEYS[4]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local late = string.format('(%.0f', now + ARGV[4])
for _, id in ipairs(redis.call('ZRANGEBYSCORE', leases, late, '+inf', 'LIMIT', 0, ARGV[2])) do
  local held = redis.pcall('HMGET', ARGV[1] .. id, 'lease')
  local latest = now + math.max(tonumber(held[1] or 0), tonumber(ARGV[4]))
  if tonumber(redis.call('ZSCORE', leases, id)) > latest then
    redis.call('ZREM', leases, id)
    redis.call('ZADD', leases, latest, id)
  end
end
local expired = redis.call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, ARGV[2])
local to_pending, to_dead = 0, 0
for _, id in ipairs(expired) do
  redis.call('ZREM', leases, id)
  local batch = ARGV[1] .. id
  local held = redis.pcall('HMGET', batch, 'state', 'attempts')
  if held[1] == 'leased' then
    if tonumber(held[2] or 0) >= tonumber(ARGV[3]) then
      redis.call('HSET', batch, 'state', 'dead')
      redis.call('RPUSH', dead, id)
      to_dead = to_dead + 1
    else
      redis.call('HSET', batch, 'state', 'pending')
      redis.call('LPUSH', pending, id)
      to_pending = to_pending + 1
    end
  end
end
return {to_pending, to_dead}
