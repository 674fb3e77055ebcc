package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.sql.CatalogConnections;
import dev.rehome.catalog.mariadb.sql.MariaDbErrors;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.ApplyResult;
import dev.rehome.common.catalog.CatalogWriter;
import dev.rehome.common.catalog.ManifestEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock and the update on one connection. MariaDB frees a {@code GET_LOCK} with its connection and undoes what that
 * connection had not committed, so no update can commit without the lock.
 */
final class MariaDbCatalogWriter implements CatalogWriter {
    private static final Logger LOG = LoggerFactory.getLogger(MariaDbCatalogWriter.class);

    private final CatalogConnections connections;
    private final BulkUpdate bulk;
    private final ManifestTable manifest;
    private final String lock;
    private Connection connection;

    MariaDbCatalogWriter(CatalogConnections connections, BulkUpdate bulk, ManifestTable manifest, String lock) {
        this.connections = connections;
        this.bulk = bulk;
        this.manifest = manifest;
        this.lock = lock;
    }

    @Override
    public boolean acquire(Duration atMost) {
        try {
            if (connection != null && !connection.isValid(2)) {
                close();
            }
            if (connection == null) {
                connection = connections.dedicated();
            }
            // GET_LOCK counts nested calls, so a lock that is held already is not taken again.
            return holdsLock() || ask("SELECT GET_LOCK(?, " + Math.max(0, atMost.toSeconds()) + ")") == 1;
        } catch (SQLException failure) {
            close();
            throw MariaDbErrors.classified("taking the producer's lock", failure);
        }
    }

    @Override
    public ApplyResult apply(BatchId batch, int records) {
        return inTransaction("applying batch " + batch, open -> bulk.apply(open, batch, records));
    }

    @Override
    public void load(String identity, Iterator<ManifestEntry> entries, LongConsumer onLoaded) {
        if (connection == null) {
            throw new Unavailable("The producer's lock is not held");
        }
        try {
            if (!holdsLock()) {
                throw new Unavailable("The producer's lock was lost");
            }
            manifest.load(connection, identity, entries, onLoaded);
        } catch (SQLException failure) {
            close();
            throw MariaDbErrors.classified("loading the manifest", failure);
        }
    }

    private <T> T inTransaction(String doing, Sql.Work<T> work) {
        if (connection == null) {
            throw new Unavailable("The producer's lock is not held");
        }
        try {
            connection.setAutoCommit(false);
            if (!holdsLock()) {
                throw new Unavailable("The producer's lock was lost");
            }
            T result = work.on(connection);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException failure) {
            undo();
            throw MariaDbErrors.classified(doing, failure);
        } catch (RuntimeException failure) {
            undo();
            throw failure;
        }
    }

    /** Ends the transaction whatever state it is in; a connection that can't do that is given up with its lock. */
    private void undo() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException lost) {
            LOG.info("The producer's connection is lost ({}); the lock goes with it", lost.getMessage());
            close();
        }
    }

    private boolean holdsLock() throws SQLException {
        return ask("SELECT COALESCE(IS_USED_LOCK(?) = CONNECTION_ID(), 0)") == 1;
    }

    private int ask(String question) throws SQLException {
        return Sql.list(connection, question, statement -> statement.setString(1, lock), row -> row.getInt(1))
                .get(0);
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException gone) {
                LOG.debug("Closing a lost connection: {}", gone.getMessage());
            }
            connection = null;
        }
    }
}
