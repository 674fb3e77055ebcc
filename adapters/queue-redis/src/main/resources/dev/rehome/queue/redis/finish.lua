-- finish(leader, id) -> 1, or 0 when another producer leads
-- Deletes a batch from whatever container it is in; repeatable.
-- ARGV: batch prefix, leader, id.
local pending, leases, copied, dead, open, scan = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
if redis.call('HGET', scan, 'leader') ~= ARGV[2] then
  return 0
end
for _, list in ipairs({copied, dead, pending}) do
  redis.call('LREM', list, 0, ARGV[3])
end
redis.call('ZREM', leases, ARGV[3])
redis.call('SREM', open, ARGV[3])
redis.call('DEL', ARGV[1] .. ARGV[3])
return 1
