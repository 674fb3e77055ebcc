-- records(most) -> {published, copied}
-- The records published in the run, and those of the copied batches; only the first 'most' copied batches are read, and the
-- others count like their average. For display.
-- ARGV: batch prefix, most.
local copied, scan = KEYS[3], KEYS[6]
local ids = redis.call('LRANGE', copied, 0, tonumber(ARGV[2]) - 1)
local records = 0
for _, id in ipairs(ids) do
  local known = redis.pcall('HGET', ARGV[1] .. id, 'records')
  records = records + (type(known) == 'string' and tonumber(known) or 0)
end
if #ids > 0 then
  records = math.floor(records * redis.call('LLEN', copied) / #ids)
end
return {tonumber(redis.call('HGET', scan, 'records') or '0') or 0, records}
