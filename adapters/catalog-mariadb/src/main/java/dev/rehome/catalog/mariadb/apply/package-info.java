/** The update of the catalog's column, and the readings that throttle it. */
package dev.rehome.catalog.mariadb.apply;
