package dev.rehome.emulation.application;

import dev.rehome.emulation.seeding.SampleObject;
import dev.rehome.emulation.seeding.SampleRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** The writes of the emulated application, one statement each. */
public record SingleWrites(ApplicationServers servers) {
    /** Uploads an object and inserts and commits a row that refers to it. */
    public void insert(long id) throws SQLException {
        WrittenRow row = new WrittenRow(
                "single " + id, SampleRow.LEGACY_PREFIX + "/single/" + id + ".jpg", "2021-01-01 00:00:00");
        upload(id, row.location());
        servers.journal().tries(id, row.location());
        try (Connection connection = servers.connect()) {
            insert(connection, id, row);
        }
        servers.journal().committed(id, Optional.of(row));
    }

    /** Deletes a row and commits. */
    public void delete(long id) throws SQLException {
        try (Connection connection = servers.connect()) {
            delete(connection, id);
        }
        servers.journal().committed(id, Optional.empty());
    }

    /**
     * Puts the object under this key unless it is there, as applications do before they commit a reference. A location
     * outside the legacy folder gets none.
     */
    void upload(long id, String location) {
        if (SampleRow.isLegacy(location) && !servers.journal().hasObject(location)) {
            byte[] bytes = new SampleObject(id, location, servers.objectSize()).bytes();
            servers.s3()
                    .putObject(
                            request -> request.bucket(servers.source()).key(location),
                            AsyncRequestBody.fromBytes(bytes))
                    .join();
            servers.journal().uploaded(location);
        }
    }

    /** Inserts a row in the connection's transaction; the caller notes it in the journal. */
    public void insert(Connection connection, long id, WrittenRow row) throws SQLException {
        write(connection, "INSERT INTO `user profile` (name, avatar_key, updated_at, id) VALUES (?, ?, ?, ?)", id, row);
    }

    /** Updates a row in the connection's transaction. */
    void update(Connection connection, long id, WrittenRow row) throws SQLException {
        write(connection, "UPDATE `user profile` SET name = ?, avatar_key = ?, updated_at = ? WHERE id = ?", id, row);
    }

    private static void write(Connection connection, String sql, long id, WrittenRow row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, row.name());
            statement.setString(2, row.location());
            statement.setString(3, row.stamp());
            statement.setLong(4, id);
            statement.executeUpdate();
        }
    }

    /** Deletes a row in the connection's transaction. */
    void delete(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM `user profile` WHERE id = ?")) {
            statement.setLong(1, id);
            statement.executeUpdate();
        }
    }
}
