-- restore(revision, fields, name, value, ..., changes, time, revision, author, name, before, after, ...) -> 1 | 0
-- Replaces what operators have set by what the ledger has, if Redis has an earlier revision: it lost its data, or the last
-- of them. 'fields' and 'changes' are the numbers of pairs and of changes that follow; the changes are oldest first.
-- The first write is one that Redis allows when its memory is full.
-- ARGV: batch prefix, then the arguments above.
local control, changes = KEYS[9], KEYS[10]
local now = redis.pcall('HGET', control, 'revision')
if type(now) == 'string' and tonumber(now) >= tonumber(ARGV[2]) then
  return 0
end
redis.call('DEL', control, changes)
redis.call('HSET', control, 'revision', ARGV[2])
local at = 4
for _ = 1, tonumber(ARGV[3]) do
  redis.call('HSET', control, ARGV[at], ARGV[at + 1])
  at = at + 2
end
local number = tonumber(ARGV[at])
at = at + 1
local last = 0
for _ = 1, number do
  -- Ids must rise, even if a clock was set back between two changes.
  last = math.max(last, tonumber(ARGV[at]))
  redis.call('XADD', changes, string.format('%d-%s', last, ARGV[at + 1]), 'revision', ARGV[at + 1], 'author', ARGV[at + 2],
    'name', ARGV[at + 3], 'before', ARGV[at + 4], 'after', ARGV[at + 5])
  at = at + 6
end
return 1
