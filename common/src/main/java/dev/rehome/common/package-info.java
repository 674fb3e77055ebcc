/**
 * The agreements between all modules. Trouble with one record is a value; trouble with a batch or a connection is one of two
 * exceptions: {@link dev.rehome.common.Unavailable}, which may be retried, and {@link dev.rehome.common.Rejected}, which
 * may not.
 */
package dev.rehome.common;
