-- lead(leader) -> {pass, position, published}
-- Makes a producer the leader and answers what is known of the scan: pass 0, empty position and 0 when nothing is.
-- The first write is one that Redis allows when its memory is full: only a leader can finish batches and free some.
-- KEYS: pending, leases, copied, dead, open, scan, refused (the same for every script). ARGV: batch prefix, leader.
local scan = KEYS[6]
redis.call('HDEL', scan, 'leader')
redis.call('HSET', scan, 'leader', ARGV[2])
local known = redis.call('HMGET', scan, 'pass', 'position', 'published')
return {known[1] or '0', known[2] or '', known[3] or '0'}
