/**
 * The contracts of the catalog and the ledger.
 *
 * <p>The catalog is the table whose column refers to objects. That column is the work list: a record is pending if and
 * only if its column still holds a legacy key. The ledger stores the outcomes of records, the totals of batches and the
 * runs; it is the failure report and the undo log.
 *
 * <p>Every method throws {@link dev.rehome.common.Unavailable} when the call should be repeated later, and
 * {@link dev.rehome.common.Rejected} when repeating it can't help. Every call may be repeated.
 */
package dev.rehome.common.catalog;
