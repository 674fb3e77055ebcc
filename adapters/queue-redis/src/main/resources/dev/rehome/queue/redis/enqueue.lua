-- enqueue(leader, run, pass, max open, position, id, payload, records, first key, last key)
--   -> 'published' | 'already_published' | 'full' | 'fenced'
-- Writes batch and scan position together, so that both survive a crash or neither does. The first write is one that
-- Redis refuses when its memory is full: the call then fails as a whole, which is back-pressure.
-- ARGV: batch prefix, then the arguments above.
local pending, open, scan = KEYS[1], KEYS[5], KEYS[6]
local batch = ARGV[1] .. ARGV[7]
local known = redis.call('HMGET', scan, 'leader', 'run', 'pass')
if known[1] ~= ARGV[2] or known[2] ~= ARGV[3] or known[3] ~= ARGV[4] then
  return 'fenced'
end
if redis.call('EXISTS', batch) == 1 then
  return 'already_published'
end
if redis.call('SCARD', open) >= tonumber(ARGV[5]) then
  return 'full'
end
redis.call('HSET', batch, 'payload', ARGV[8], 'run', ARGV[3], 'records', ARGV[9], 'first_key', ARGV[10],
  'last_key', ARGV[11], 'state', 'pending', 'epoch', '0', 'attempts', '0')
redis.call('SADD', open, ARGV[7])
redis.call('LPUSH', pending, ARGV[7])
redis.call('HSET', scan, 'position', ARGV[6])
redis.call('HINCRBY', scan, 'published', 1)
redis.call('HINCRBY', scan, 'records', tonumber(ARGV[9]))
return 'published'
