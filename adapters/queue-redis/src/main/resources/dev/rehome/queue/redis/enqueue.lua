-- enqueue(leader, pass, max open, position, id, payload, records, first key, last key)
--   -> 'published' | 'already_published' | 'full' | 'fenced'
-- Batch and scan position are written together, so that both survive a crash or neither does. The first write is one
-- that Redis refuses when its memory is full: the call then fails whole, which is back-pressure.
-- ARGV: batch prefix, then the arguments above.
local pending, open, scan = KEYS[1], KEYS[5], KEYS[6]
local batch = ARGV[1] .. ARGV[6]
if redis.call('HGET', scan, 'leader') ~= ARGV[2] or redis.call('HGET', scan, 'pass') ~= ARGV[3] then
  return 'fenced'
end
if redis.call('EXISTS', batch) == 1 then
  return 'already_published'
end
if redis.call('SCARD', open) >= tonumber(ARGV[4]) then
  return 'full'
end
redis.call('HSET', batch, 'payload', ARGV[7], 'records', ARGV[8], 'first_key', ARGV[9], 'last_key', ARGV[10],
  'state', 'pending', 'epoch', '0', 'attempts', '0')
redis.call('SADD', open, ARGV[6])
redis.call('LPUSH', pending, ARGV[6])
redis.call('HSET', scan, 'position', ARGV[5])
redis.call('HINCRBY', scan, 'published', 1)
return 'published'
