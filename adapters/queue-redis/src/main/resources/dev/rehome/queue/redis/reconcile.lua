-- reconcile() -> number of repaired entries
-- An open id that is in no container returns to pending; without a batch it is dropped. An id in a container that isn't
-- open is opened again if its batch exists, else dropped. There are never more ids than may be open.
-- ARGV: batch prefix.
local pending, leases, copied, dead, open = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local placed, repaired = {}, 0

local function check(id, remove)
  placed[id] = true
  if redis.call('SISMEMBER', open, id) == 0 then
    repaired = repaired + 1
    if redis.call('TYPE', ARGV[1] .. id).ok == 'hash' then
      redis.call('SADD', open, id)
    else
      remove(id)
    end
  end
end

for _, list in ipairs({pending, copied, dead}) do
  for _, id in ipairs(redis.call('LRANGE', list, 0, -1)) do
    check(id, function(gone) redis.call('LREM', list, 0, gone) end)
  end
end
for _, id in ipairs(redis.call('ZRANGE', leases, 0, -1)) do
  check(id, function(gone) redis.call('ZREM', leases, gone) end)
end
for _, id in ipairs(redis.call('SMEMBERS', open)) do
  if not placed[id] then
    repaired = repaired + 1
    if redis.pcall('HEXISTS', ARGV[1] .. id, 'payload') == 1 then
      redis.call('HSET', ARGV[1] .. id, 'state', 'pending')
      redis.call('LPUSH', pending, id)
    else
      redis.call('SREM', open, id)
      redis.call('DEL', ARGV[1] .. id)
    end
  end
end
return repaired
