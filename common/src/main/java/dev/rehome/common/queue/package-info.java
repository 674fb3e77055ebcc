/**
 * The queue protocol between producer and consumers: three views of one {@link dev.rehome.common.queue.BatchQueue}.
 *
 * <p>A batch is in exactly one container at a time:
 *
 * <pre>
 * pending -> leased -> copied -> gone
 * leased  -> pending           lease expired, or released
 * leased  -> dead -> split -> pending
 * copied  -> pending           outcomes missing
 * </pre>
 *
 * <p>Delivery is at least once. Leases provide liveness; correctness depends on every step being repeatable. The queue may
 * lose all its data at any time: it only dispatches work, and the producer rebuilds it from the catalog.
 *
 * <p>A queue belongs to one run of one migration at a time. Publishing, claiming and applying check the run, so batches of
 * an abandoned run or of another migration with the same name are never worked on.
 *
 * <p>Every method throws {@link dev.rehome.common.Unavailable} when the queue is unreachable, loading, full or read-only.
 * The call may or may not have taken effect, and may be repeated.
 */
package dev.rehome.common.queue;
