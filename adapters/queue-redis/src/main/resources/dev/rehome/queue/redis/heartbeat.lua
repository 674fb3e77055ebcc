-- heartbeat(id, owner, epoch) -> lease ms, or 0 when the lease is lost
-- Removes the member and adds it again: removing is allowed when memory is full, and then adding is, too. This also
-- restores a lease whose entry was lost.
-- ARGV: batch prefix, id, owner, epoch.
local leases, scan = KEYS[2], KEYS[6]
local batch = ARGV[1] .. ARGV[2]
local held = redis.pcall('HMGET', batch, 'state', 'owner', 'epoch', 'lease')
if held[1] ~= 'leased' or held[2] ~= ARGV[3] or held[3] ~= ARGV[4] then
  return 0
end
local lease = redis.call('HGET', scan, 'lease') or held[4]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREM', leases, ARGV[2])
redis.call('ZADD', leases, now + lease, ARGV[2])
if lease ~= held[4] then
  redis.call('HSET', batch, 'lease', lease)
end
return tonumber(lease)
