/**
 * The catalog and the ledger on MariaDB.
 *
 * <p>{@code sql} is used by all other packages; {@code scan} and {@code apply} read the {@code ledger}'s tables;
 * {@code preflight} checks them all; this package assembles them.
 */
package dev.rehome.catalog.mariadb;
