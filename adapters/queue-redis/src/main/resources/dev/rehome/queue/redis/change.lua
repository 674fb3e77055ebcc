-- change(name, value, author, unless, only) -> the value before, or '' when there was none
-- Sets what an operator may change, counts and records the change; an empty value removes it. Changes and records nothing
-- when the value before begins with 'unless', when it doesn't begin with 'only' (both without effect when empty), and when
-- what isn't set is removed. A name in lower case, apart from 'hold', is an action: it is recorded and sets nothing. The first
-- write is one that Redis allows when its memory is full.
-- ARGV: batch prefix, then the arguments above.
local control, changes = KEYS[9], KEYS[10]
local name, value, author, unless, only = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local isAction = name ~= 'hold' and name == string.lower(name)
local before = redis.call('HGET', control, name) or ''
if (unless ~= '' and string.sub(before, 1, #unless) == unless) or string.sub(before, 1, #only) ~= only
    or (value == '' and before == '') then
  return before
end
redis.call('HDEL', control, name)
if value ~= '' and not isAction then
  redis.call('HSET', control, name, value)
end
local revision = redis.call('HINCRBY', control, 'revision', 1)
redis.call('XADD', changes, 'MAXLEN', '~', 1000, '*', 'revision', revision, 'author', author, 'name', name,
  'before', before, 'after', value)
return before
