-- requeue(id, reason) -> 1, or 0 when it isn't among the copied
-- Returns a copied batch to pending. An id without payload becomes a dead letter.
-- ARGV: batch prefix, id, reason.
local pending, copied, dead = KEYS[1], KEYS[3], KEYS[4]
if redis.call('LREM', copied, 0, ARGV[2]) == 0 then
  return 0
end
local batch = ARGV[1] .. ARGV[2]
if redis.pcall('HEXISTS', batch, 'payload') == 1 then
  redis.call('HSET', batch, 'state', 'pending', 'last_error', ARGV[3])
  redis.call('LPUSH', pending, ARGV[2])
else
  redis.call('RPUSH', dead, ARGV[2])
end
return 1
