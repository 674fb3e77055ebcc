/**
 * The values that producer and consumer exchange.
 *
 * <p>A batch is a key-ordered group of records: the unit of queueing, leasing and applying. A record's place in its
 * batch is its number, counted from 0; outcomes name records by that number. All types are immutable and safe for use
 * by any thread.
 */
package dev.rehome.common.batch;
