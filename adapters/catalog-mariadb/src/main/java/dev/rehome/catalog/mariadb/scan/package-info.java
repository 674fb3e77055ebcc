/** Reads of the catalog's table, window by window. */
package dev.rehome.catalog.mariadb.scan;
