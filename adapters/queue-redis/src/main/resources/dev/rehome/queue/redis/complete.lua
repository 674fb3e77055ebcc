-- complete(id, owner, epoch) -> 'done' | 'already_done' | 'lost'
-- ARGV: batch prefix, id, owner, epoch.
local leases, copied = KEYS[2], KEYS[3]
local batch = ARGV[1] .. ARGV[2]
local held = redis.pcall('HMGET', batch, 'state', 'owner', 'epoch')
if held[2] ~= ARGV[3] or held[3] ~= ARGV[4] then
  return 'lost'
end
if held[1] == 'copied' then
  return 'already_done'
end
if held[1] ~= 'leased' then
  return 'lost'
end
redis.call('ZREM', leases, ARGV[2])
redis.call('HSET', batch, 'state', 'copied')
redis.call('RPUSH', copied, ARGV[2])
return 'done'
