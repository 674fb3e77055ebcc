-- report(consumer, status, seconds) -> 1
-- Stores a consumer's status line with the time, and drops the lines older than that many seconds: a consumer gets a new
-- name at each start, so the hash would grow forever. The first write is one that Redis allows when its memory is full.
-- ARGV: batch prefix, consumer, status, seconds.
local consumers = KEYS[8]
local now = tonumber(redis.call('TIME')[1])
redis.call('HDEL', consumers, ARGV[2])
local lines = redis.call('HGETALL', consumers)
for i = 1, #lines, 2 do
  local at = tonumber(string.match(lines[i + 1], ' @(%d+)$'))
  if not at or now - at > tonumber(ARGV[4]) then
    redis.call('HDEL', consumers, lines[i])
  end
end
redis.call('HSET', consumers, ARGV[2], ARGV[3] .. ' @' .. string.format('%d', now))
return 1
