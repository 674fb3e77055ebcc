/** The catalog on MariaDB. */
package dev.rehome.common.catalog.mariadb;
