-- release(id, owner, epoch, counts) -> 1, or 0 when the lease is lost
-- A clean give-back: the attempt is taken back unless it counts. The batch goes to the far end of the list.
-- ARGV: batch prefix, id, owner, epoch, '1' or '0'.
local pending, leases = KEYS[1], KEYS[2]
local batch = ARGV[1] .. ARGV[2]
local held = redis.call('HMGET', batch, 'state', 'owner', 'epoch')
if held[1] ~= 'leased' or held[2] ~= ARGV[3] or held[3] ~= ARGV[4] then
  return 0
end
redis.call('ZREM', leases, ARGV[2])
redis.call('HSET', batch, 'state', 'pending')
if ARGV[5] == '0' then
  redis.call('HINCRBY', batch, 'attempts', -1)
end
redis.call('LPUSH', pending, ARGV[2])
return 1
