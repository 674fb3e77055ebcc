-- ended(all, throttled) -> {all, throttled} of about the last minute
-- Counts copies that ended, in slots of ten seconds: 'all:<slot>' and 'throttled:<slot>'. Drops slots that are older than a
-- minute, or in the future because a clock was set back. Adds nothing when both are 0. The first write is one that Redis
-- allows when its memory is full.
-- ARGV: batch prefix, then the arguments above.
local fleet = KEYS[11]
local slot = math.floor(redis.call('TIME')[1] / 10)
local sums = {all = 0, throttled = 0}
local fields = redis.call('HGETALL', fleet)
for i = 1, #fields, 2 do
  local name, at = string.match(fields[i], '^(%a+):(%d+)$')
  if name and math.abs(slot - tonumber(at)) > 6 then
    redis.call('HDEL', fleet, fields[i])
  elseif name and sums[name] then
    sums[name] = sums[name] + tonumber(fields[i + 1])
  end
end
for position, name in ipairs({'all', 'throttled'}) do
  local more = tonumber(ARGV[position + 1])
  if more > 0 then
    redis.call('HINCRBY', fleet, name .. ':' .. string.format('%d', slot), more)
    sums[name] = sums[name] + more
  end
end
return {sums.all, sums.throttled}
