-- finish(leader, id) -> 1, or 0 when another producer leads
-- Deletes a batch from any container; repeatable. A copied batch is near the head of its list, because the
-- oldest is applied first; the long lists are searched only for a batch that isn't there.
-- ARGV: batch prefix, leader, id.
local pending, leases, copied, dead, open, scan = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
if redis.call('HGET', scan, 'leader') ~= ARGV[2] then
  return 0
end
local batch = ARGV[1] .. ARGV[3]
-- If the entry isn't a hash this returns an error, which equals none of the states.
local state = redis.pcall('HGET', batch, 'state')
if state ~= 'copied' or redis.call('LREM', copied, 1, ARGV[3]) == 0 then
  for _, list in ipairs({copied, dead, pending}) do
    redis.call('LREM', list, 0, ARGV[3])
  end
end
redis.call('ZREM', leases, ARGV[3])
redis.call('SREM', open, ARGV[3])
redis.call('DEL', batch)
return 1
