/** The catalog on MariaDB. */
package dev.rehome.catalog.mariadb;
