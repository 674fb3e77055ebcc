/**
 * The catalog: the table that names the objects, the mapping table beside it, and the contracts on both.
 *
 * <p>The catalog's column is the work list: a record is to be done if and only if its column still holds a legacy key.
 * The mapping table holds outcomes; it is the failure report and the undo log.
 *
 * <p>Every method throws {@link dev.rehome.common.Unavailable} when waiting and repeating is right, and
 * {@link dev.rehome.common.Rejected} when it is not. Every call may be repeated.
 */
package dev.rehome.common.catalog;
