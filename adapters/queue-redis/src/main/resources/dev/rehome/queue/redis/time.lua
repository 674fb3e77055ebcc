-- time() -> {seconds, microseconds}
-- Redis' time.
local now = redis.call('TIME')
return {tonumber(now[1]), tonumber(now[2])}
