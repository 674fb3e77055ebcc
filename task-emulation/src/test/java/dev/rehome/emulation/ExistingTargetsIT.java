package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.seeding.SampleRow;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** Objects exist at the targets before the migration. */
@ExtendWith(EmulatedMigrationExtension.class)
final class ExistingTargetsIT {
    @Test
    @DisplayName("S7 targets with other content stay and are reported; with the same content they count as copied")
    void existingTargetsAreNeverOverwritten(EmulatedMigration migration) throws SQLException {
        migration.seed(60);
        for (long id = 1; id <= 5; id++) {
            put(migration, id, "something else".getBytes(StandardCharsets.UTF_8));
            migration.journal().cannotBeMoved(SampleRow.of(id).location());
        }
        for (long id = 21; id <= 25; id++) {
            put(
                    migration,
                    id,
                    SampleRow.of(id)
                            .object(EmulatedMigration.OBJECT_SIZE)
                            .orElseThrow()
                            .bytes());
        }
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = migration.producer();
            migration.consumer();
            guarantees.hold(producer, 3);
            assertThat(producer.log()).contains("CONFLICT: 5;").containsPattern("migrated +50\\b");
        }
    }

    private static void put(EmulatedMigration migration, long id, byte[] bytes) {
        String key = SampleRow.of(id).expectedLocation();
        migration
                .s3()
                .putObject(request -> request.bucket(migration.target()).key(key), AsyncRequestBody.fromBytes(bytes))
                .join();
    }
}
