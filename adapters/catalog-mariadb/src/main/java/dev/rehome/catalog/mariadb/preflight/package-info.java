/** Checks of the server, the rights and the table before anything is changed. */
package dev.rehome.catalog.mariadb.preflight;
