-- begin_pass(leader, pass) -> 1, or 0 when another producer leads
-- Resets the scan to the start of the table.
-- ARGV: batch prefix, leader, pass.
local scan = KEYS[6]
if redis.call('HGET', scan, 'leader') ~= ARGV[2] then
  return 0
end
redis.call('HSET', scan, 'pass', ARGV[3], 'published', '0')
redis.call('HDEL', scan, 'position')
return 1
