-- reports(seconds) -> consumer, status, consumer, status, ...
-- Returns the consumers' status lines that are at most that many seconds old. A line of another form is left out.
-- ARGV: batch prefix, seconds.
local now = tonumber(redis.call('TIME')[1])
local lines = redis.call('HGETALL', KEYS[8])
local reports = {}
for i = 1, #lines, 2 do
  local status, at = string.match(lines[i + 1], '^(.*) @(%d+)$')
  if status and now - tonumber(at) <= tonumber(ARGV[2]) then
    reports[#reports + 1] = lines[i]
    reports[#reports + 1] = status
  end
end
return reports
