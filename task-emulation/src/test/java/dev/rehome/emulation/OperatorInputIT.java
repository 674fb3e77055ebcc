package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.ExitCode;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators type by mistake is refused with what was expected, and changes nothing. */
@ExtendWith(EmulatedMigrationExtension.class)
final class OperatorInputIT {
    private static void refused(EmulatedMigration migration, String expected, String... arguments) {
        MigrationProgram command = migration.producer(Map.of(), arguments);
        assertThat(command.exitCode(Await.STEP))
                .as(String.join(" ", arguments) + "\n" + command.tail())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(command.log()).contains(expected);
    }

    @Test
    void mistakesAreExplainedAndChangeNothing(EmulatedMigration migration) throws SQLException {
        migration.seed(20);
        refused(migration, "did you mean BATCH_SIZE?", "set", "BATCHSIZE", "5");
        refused(migration, "can't be set to an empty value", "set", "BATCH_SIZE", " ");
        refused(migration, "a whole number from 1 to 10000", "set", "BATCH_SIZE", "0");
        refused(migration, "a number from 0 to 86400", "set", "CRITICAL_REPLICA_LAG_SECONDS", "0.0001");
        refused(migration, "windows such as", "set", "RUN_WINDOWS", "Mon-Fri 24:00-06:00");
        refused(migration, "did you mean BATCH_SIZE?", "get", "batch_size");
        refused(migration, "did you mean MAX_LOCK_WAITS?", "unset", "MAX_LOCKWAITS");
        refused(migration, "expected a line of text", "pause", "deploy\n2026-01-01 ERROR forged");
        refused(migration, "expected a line of text", "pause", "x".repeat(501));
        refused(migration, "expected a line of text", "resume", "--author", "\u001b[2J");
        refused(migration, "expected the id of a batch", "rollback", "--batch", "17");
        refused(migration, "did you mean NOT_FOUND?", "failures", "--csv", "--code", "NOTFOUND");
        refused(migration, "expected a whole number from 1", "changes", "--limit", "0");
        MigrationProgram changes = migration.producer(Map.of(), "changes");
        assertThat(changes.exitCode(Await.STEP)).as(changes.tail()).isZero();
        assertThat(changes.log()).doesNotContain("->");
    }

    @Test
    void withoutRedisACommandSaysSoAtOnce(EmulatedMigration migration) throws SQLException {
        migration.seed(20);
        migration.servers().redis().kill();
        MigrationProgram status = migration.producer(Map.of(), "status");
        assertThat(status.exitCode(Await.STEP)).isEqualTo(ExitCode.FAILED);
        assertThat(status.log()).contains("Redis at 127.0.0.1:");
        migration.servers().redis().restart();
    }
}
