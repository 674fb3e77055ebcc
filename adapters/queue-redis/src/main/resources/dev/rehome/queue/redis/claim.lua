-- claim(owner, run) -> {'none'} | {'other', run, settings} | {'lost', id} | {'claimed', id, payload, epoch, attempt, lease ms}
-- Pop, lease, owner, epoch and attempt in one step. The first write is one that Redis allows when its memory is full.
-- A batch without payload becomes a dead letter, and a batch of another run is dropped; neither is handed out.
-- ARGV: batch prefix, owner, run.
local pending, leases, dead, open, scan = KEYS[1], KEYS[2], KEYS[4], KEYS[5], KEYS[6]
local known = redis.call('HMGET', scan, 'run', 'settings', 'lease')
if not known[1] then
  return {'none'}
end
if known[1] ~= ARGV[3] then
  return {'other', known[1], known[2] or '{}'}
end
local id = redis.call('RPOP', pending)
if not id then
  return {'none'}
end
local batch = ARGV[1] .. id
-- If the entry isn't a hash, this returns an error instead of a list, which has no payload.
local held = redis.pcall('HMGET', batch, 'payload', 'run')
if not held[1] then
  redis.call('RPUSH', dead, id)
  return {'lost', id}
end
if held[2] ~= ARGV[3] then
  redis.call('DEL', batch)
  redis.call('SREM', open, id)
  return {'lost', id}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', leases, now + known[3], id)
redis.call('HSET', batch, 'state', 'leased', 'owner', ARGV[2], 'lease', known[3])
local epoch = redis.call('HINCRBY', batch, 'epoch', 1)
local attempt = redis.call('HINCRBY', batch, 'attempts', 1)
return {'claimed', id, held[1], epoch, attempt, tonumber(known[3])}
