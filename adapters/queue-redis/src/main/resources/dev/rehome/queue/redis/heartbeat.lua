-- heartbeat(id, owner, epoch, lease ms) -> 1, or 0 when the lease is lost
-- Takes the member out and puts it back: taking out is allowed when memory is full, and then so is putting back. It
-- also heals a lease whose entry was lost.
-- ARGV: batch prefix, id, owner, epoch, lease ms.
local leases = KEYS[2]
local held = redis.call('HMGET', ARGV[1] .. ARGV[2], 'state', 'owner', 'epoch')
if held[1] ~= 'leased' or held[2] ~= ARGV[3] or held[3] ~= ARGV[4] then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREM', leases, ARGV[2])
redis.call('ZADD', leases, now + ARGV[5], ARGV[2])
return 1
