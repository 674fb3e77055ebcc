/** What every database adapter needs of JDBC: connections, transactions, and the classification of failures. */
package dev.rehome.catalog.mariadb.sql;
