package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.CatalogConnections;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.MariaDbErrors;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.LeaderLock;
import dev.rehome.common.process.DigestAlgorithm;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader lock as a {@code GET_LOCK} on a connection of its own. MariaDB releases the lock when the connection ends,
 * and rolls back what the connection hasn't committed, so nothing done through this class commits without the lock.
 */
public final class MariaDbLeaderLock implements LeaderLock {
    private static final Logger LOG = LoggerFactory.getLogger(MariaDbLeaderLock.class);
    /** MariaDB allows 64 characters in the name of a lock. */
    private static final int HASH_CHARACTERS = 40;

    private final CatalogConnections connections;
    private final String name;
    private Connection connection;

    public MariaDbLeaderLock(CatalogConnections connections, TableName mapping) {
        this.connections = connections;
        this.name = "rehome:" + DigestAlgorithm.SHA_256.hex(mapping.toString()).substring(0, HASH_CHARACTERS);
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
            return isHeld() || ask("SELECT GET_LOCK(:name, " + Math.max(0, atMost.toSeconds()) + ")") == 1;
        } catch (SQLException failure) {
            close();
            throw MariaDbErrors.classified("taking the leader lock", failure);
        }
    }

    /**
     * Does work in one transaction on the lock's connection. If the work fails, the transaction is rolled back.
     *
     * @param operation describes the work in error messages
     * @throws Unavailable also when the lock isn't held
     */
    public <T> T inTransaction(String operation, JdbcRunner.Work<T> work) {
        try {
            requireConnection().setAutoCommit(false);
            requireHeld();
            T result = work.on(connection);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException failure) {
            rollback();
            throw MariaDbErrors.classified(operation, failure);
        } catch (RuntimeException failure) {
            rollback();
            throw failure;
        }
    }

    /**
     * Does work in autocommit mode on the lock's connection. If a statement fails, the connection is closed and the lock
     * released.
     *
     * @param operation describes the work in error messages
     * @throws Unavailable also when the lock isn't held
     */
    void inAutocommit(String operation, JdbcRunner.Work<?> work) {
        try {
            requireConnection();
            requireHeld();
            work.on(connection);
        } catch (SQLException failure) {
            close();
            throw MariaDbErrors.classified(operation, failure);
        }
    }

    private Connection requireConnection() {
        if (connection == null) {
            throw new Unavailable("This producer doesn't hold the leader lock");
        }
        return connection;
    }

    private void requireHeld() throws SQLException {
        if (!isHeld()) {
            throw new Unavailable("This producer has lost the leader lock");
        }
    }

    /** A connection that can't even roll back is closed, which releases the lock. */
    private void rollback() {
        if (connection == null) {
            return;
        }
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException lost) {
            LOG.info("Lost the connection that held the leader lock ({}); acquiring it again", lost.getMessage());
            close();
        }
    }

    private boolean isHeld() throws SQLException {
        return ask("SELECT COALESCE(IS_USED_LOCK(:name) = CONNECTION_ID(), 0)") == 1;
    }

    private int ask(String question) throws SQLException {
        return JdbcRunner.list(connection, SqlFragment.sql(question).with("name", name), row -> row.getInt(1))
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
