-- release(id, owner, epoch, counts, max attempts) -> 1, or 0 when the lease is lost
-- A give-back: the attempt is taken back unless it counts. The batch goes to the far end of the list, or is set aside
-- after its last attempt.
-- ARGV: batch prefix, id, owner, epoch, '1' or '0', max attempts.
local pending, leases, dead = KEYS[1], KEYS[2], KEYS[4]
local batch = ARGV[1] .. ARGV[2]
local held = redis.call('HMGET', batch, 'state', 'owner', 'epoch', 'attempts')
if held[1] ~= 'leased' or held[2] ~= ARGV[3] or held[3] ~= ARGV[4] then
  return 0
end
redis.call('ZREM', leases, ARGV[2])
if ARGV[5] == '1' and tonumber(held[4] or 0) >= tonumber(ARGV[6]) then
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
