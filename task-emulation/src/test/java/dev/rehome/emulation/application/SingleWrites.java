package dev.rehome.emulation.application;

import dev.rehome.emulation.seeding.SampleObject;
import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.stage.MigrationStage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** The application's writes at moments that a test chooses, each committed and journalled before it returns. */
public record SingleWrites(MigrationStage stage) {
    /** Uploads an object and inserts a row that names it. */
    public void insert(long id) throws SQLException {
        String location = SampleRow.LEGACY_PREFIX + "/single/" + id + ".jpg";
        byte[] bytes = new SampleObject(id, location, MigrationStage.OBJECT_SIZE).bytes();
        stage.s3()
                .putObject(request -> request.bucket(stage.source()).key(location), AsyncRequestBody.fromBytes(bytes))
                .join();
        stage.journal().uploaded(location, id);
        WrittenRow row = new WrittenRow("single " + id, location, "2021-01-01 00:00:00");
        stage.journal().tries(id, location);
        execute(
                "INSERT INTO `user profile` (id, name, avatar_key, updated_at) VALUES (?, ?, ?, ?)",
                id,
                row.name(),
                row.location(),
                row.stamp());
        stage.journal().committed(id, Optional.of(row));
    }

    /** Deletes a row. */
    public void delete(long id) throws SQLException {
        execute("DELETE FROM `user profile` WHERE id = ?", id);
        stage.journal().committed(id, Optional.empty());
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (Connection connection = stage.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
