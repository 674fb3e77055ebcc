-- split(id, then for each part: id, payload, records, first key, last key) -> 1, or 0 if it isn't a dead letter any more
-- Replaces a dead letter by its parts in one step. They belong to the run that the queue holds.
-- ARGV: batch prefix, id, then five for each part.
local pending, dead, open, scan = KEYS[1], KEYS[4], KEYS[5], KEYS[6]
if redis.call('LREM', dead, 0, ARGV[2]) == 0 then
  return 0
end
local run = redis.call('HGET', scan, 'run') or ''
redis.call('SREM', open, ARGV[2])
redis.call('DEL', ARGV[1] .. ARGV[2])
for i = 3, #ARGV, 5 do
  redis.call('HSET', ARGV[1] .. ARGV[i], 'payload', ARGV[i + 1], 'run', run, 'records', ARGV[i + 2],
    'first_key', ARGV[i + 3], 'last_key', ARGV[i + 4], 'state', 'pending', 'epoch', '0', 'attempts', '0')
  redis.call('SADD', open, ARGV[i])
  redis.call('LPUSH', pending, ARGV[i])
end
return 1
