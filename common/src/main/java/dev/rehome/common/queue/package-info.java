/**
 * The queue protocol between producer and consumers: three views of one agreement.
 *
 * <p>A batch is in exactly one place at a time:
 *
 * <pre>
 * pending -> leased -> copied -> gone
 * leased  -> pending           lease expired, or released
 * leased  -> dead -> split -> pending
 * copied  -> pending           rows found missing
 * </pre>
 *
 * <p>Delivery is at least once. Leases are for speed; correctness rests on every step being repeatable. The queue may
 * lose all its data at any time: it is a dispatch list that the producer rebuilds from the catalog.
 *
 * <p>Every method throws {@link dev.rehome.common.Unavailable} when the queue can't be reached, is loading,
 * full or read-only; the call may then have happened or not, and may be repeated.
 */
package dev.rehome.common.queue;
