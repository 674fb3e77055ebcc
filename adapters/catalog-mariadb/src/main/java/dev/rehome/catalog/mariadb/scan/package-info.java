/**
 * The scan: which rows are to be migrated ({@link dev.rehome.catalog.mariadb.scan.RowFilter}), and how records are
 * identified ({@link dev.rehome.catalog.mariadb.scan.RecordIdentity}).
 */
package dev.rehome.catalog.mariadb.scan;
