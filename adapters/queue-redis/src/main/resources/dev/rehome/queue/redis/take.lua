-- take(wanted, per second) -> how many copies may start now
-- A bucket that fills at 'per second' and holds a tenth of a second's worth, at least one. A clock that is set back fills
-- nothing at that call; one that is set forward fills one bucket. The first write is one that Redis allows when its memory
-- is full.
-- ARGV: batch prefix, then the arguments above.
local fleet = KEYS[11]
local wanted, limit = tonumber(ARGV[2]), tonumber(ARGV[3])
local most = math.max(1, limit / 10)
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local held = redis.call('HMGET', fleet, 'tokens', 'at')
local tokens = most
if held[1] and held[2] then
  tokens = math.min(most, tonumber(held[1]) + math.max(0, now - tonumber(held[2])) / 1000000 * limit)
end
local granted = math.min(wanted, math.floor(tokens))
redis.call('HDEL', fleet, 'tokens')
redis.call('HSET', fleet, 'tokens', string.format('%.6f', tokens - granted), 'at', string.format('%.0f', now))
return granted
