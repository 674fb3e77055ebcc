-- recover(limit, max attempts, lease ms) -> {to pending, to dead}
-- Moves batches whose lease expired. They go to the far end of the list, so that a batch that kills its consumers
-- can't starve fresh work. Entries that have not expired are never moved. One that lies further ahead than a lease was
-- written before the clock was set back: it is cut to one lease from now. Taken out and put back, as in heartbeat.
-- ARGV: batch prefix, limit, max attempts, lease ms.
local pending, leases, dead = KEYS[1], KEYS[2], KEYS[4]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local furthest = now + ARGV[4]
for _, id in ipairs(redis.call('ZRANGEBYSCORE', leases, '(' .. string.format('%.0f', furthest), '+inf', 'LIMIT', 0, ARGV[2])) do
  redis.call('ZREM', leases, id)
  redis.call('ZADD', leases, furthest, id)
end
local expired = redis.call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, ARGV[2])
local to_pending, to_dead = 0, 0
for _, id in ipairs(expired) do
  redis.call('ZREM', leases, id)
  local batch = ARGV[1] .. id
  local known = redis.call('HMGET', batch, 'state', 'attempts')
  if known[1] == 'leased' then
    if tonumber(known[2] or 0) >= tonumber(ARGV[3]) then
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
