-- change(name, value, author) -> the value before, or '' when there was none
-- Sets what an operator may change, and records the change; an empty value removes it. Removing what isn't set changes and
-- records nothing. The first write is one that Redis allows when its memory is full.
-- ARGV: batch prefix, name, value, author.
local control, changes = KEYS[9], KEYS[10]
local before = redis.call('HGET', control, ARGV[2]) or ''
if ARGV[3] == '' and before == '' then
  return ''
end
redis.call('HDEL', control, ARGV[2])
if ARGV[3] ~= '' then
  redis.call('HSET', control, ARGV[2], ARGV[3])
end
redis.call('XADD', changes, 'MAXLEN', '~', 1000, '*', 'author', ARGV[4], 'name', ARGV[2], 'before', before, 'after', ARGV[3])
return before
