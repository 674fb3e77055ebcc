/** The ledger in tables of our own: outcomes, batch totals, runs, the manifest, and the leader lock. */
package dev.rehome.catalog.mariadb.ledger;
