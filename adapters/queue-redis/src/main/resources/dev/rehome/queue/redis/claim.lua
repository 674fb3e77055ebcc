-- claim(owner, lease ms) -> {'none'} | {'lost', id} | {'claimed', id, payload, epoch, attempt}
-- Pop, lease, owner, epoch and attempt in one step. The first write is one that Redis allows when its memory is full.
-- An id whose batch is gone is set aside, never handed out.
-- ARGV: batch prefix, owner, lease ms.
local pending, leases, dead = KEYS[1], KEYS[2], KEYS[4]
local id = redis.call('RPOP', pending)
if not id then
  return {'none'}
end
local batch = ARGV[1] .. id
local payload = redis.call('HGET', batch, 'payload')
if not payload then
  redis.call('RPUSH', dead, id)
  return {'lost', id}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', leases, now + ARGV[3], id)
redis.call('HSET', batch, 'state', 'leased', 'owner', ARGV[2])
local epoch = redis.call('HINCRBY', batch, 'epoch', 1)
local attempt = redis.call('HINCRBY', batch, 'attempts', 1)
return {'claimed', id, payload, epoch, attempt}
