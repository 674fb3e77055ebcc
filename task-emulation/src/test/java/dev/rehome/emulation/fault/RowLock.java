package dev.rehome.emulation.fault;

import dev.rehome.emulation.application.ApplicationServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction of the application that keeps rows of the production table locked until it is closed. */
public final class RowLock implements AutoCloseable {
    private final Connection connection;

    /** Locks the rows that meet the condition. */
    public RowLock(ApplicationServers servers, String condition) throws SQLException {
        connection = servers.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT id FROM `user profile` WHERE " + condition + " FOR UPDATE");
        }
    }

    /** Rolls the transaction back, which releases the rows. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
