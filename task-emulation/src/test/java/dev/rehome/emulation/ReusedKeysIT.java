package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.MigrationProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A later run yields a new key that a row already uses for another object. Its object and its row stay as they are. */
@ExtendWith(EmulatedMigrationExtension.class)
final class ReusedKeysIT {
    @TempDir
    private Path directory;

    @Test
    void prefixAfterAManifestKeepsTheObjectEvenWhereTargetsAreOverwritten(EmulatedMigration migration)
            throws SQLException, IOException {
        migration.seed(1).with("OVERWRITE_TARGETS", "true");
        Path manifest = manifest("user_image/1/1.jpg,avatar/own.jpg\n");
        run(migration, Map.of("MANIFEST", manifest.toString()), 0);
        byte[] bytes = Bucket.target(migration).bytes("avatar/own.jpg");

        add(migration, 2, "user_image/own.jpg");
        assertThat(run(migration, Map.of(), 3).log()).contains("TARGET_CONFLICT: 1;");
        assertThat(location(migration, 1)).isEqualTo("avatar/own.jpg");
        assertThat(location(migration, 2)).isEqualTo("user_image/own.jpg");
        assertThat(Bucket.target(migration).bytes("avatar/own.jpg")).isEqualTo(bytes);
    }

    private Path manifest(String lines) throws IOException {
        return Files.writeString(directory.resolve("manifest.csv"), lines);
    }

    private static MigrationProgram run(EmulatedMigration migration, Map<String, String> variables, int exitCode) {
        MigrationProgram producer = migration.producer(variables, "run");
        MigrationProgram consumer = migration.consumer();
        assertEnds(exitCode, producer);
        assertEnds(0, consumer);
        return producer;
    }

    /** The application adds a row and its object. */
    private static void add(EmulatedMigration migration, long id, String key) throws SQLException {
        Bucket.legacy(migration).put(key, "object " + id);
        migration.execute(
                "INSERT INTO `user profile` (id, name, avatar_key) VALUES (" + id + ", 'new', '" + key + "')");
    }

    private static String location(EmulatedMigration migration, long id) throws SQLException {
        return migration
                .execute("SELECT avatar_key FROM `user profile` WHERE id = " + id)
                .get(0);
    }
}
