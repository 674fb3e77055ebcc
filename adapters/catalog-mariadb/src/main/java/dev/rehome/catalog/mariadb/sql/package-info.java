/** JDBC on MariaDB: settings, connections and their sessions, statements as fragments, and the classification of errors. */
package dev.rehome.catalog.mariadb.sql;
