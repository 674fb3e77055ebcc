-- reconcile() -> how many ids were mended
-- An open id that is in no container goes back to pending; one without a batch is dropped. An id in a container that
-- is not open is opened again if its batch is known, else dropped. There are never more ids than may be open.
-- ARGV: batch prefix.
local pending, leases, copied, dead, open = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local placed, mended = {}, 0

local function check(id, remove)
  placed[id] = true
  if redis.call('SISMEMBER', open, id) == 0 then
    mended = mended + 1
    if redis.call('EXISTS', ARGV[1] .. id) == 1 then
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
    mended = mended + 1
    if redis.call('HEXISTS', ARGV[1] .. id, 'payload') == 1 then
      redis.call('HSET', ARGV[1] .. id, 'state', 'pending')
      redis.call('LPUSH', pending, id)
    else
      redis.call('SREM', open, id)
      redis.call('DEL', ARGV[1] .. id)
    end
  end
end
return mended
