/** The queue on Redis: a persistent list of batch ids, a hash a batch, and the leases in a sorted set. */
package dev.rehome.queue.redis;
