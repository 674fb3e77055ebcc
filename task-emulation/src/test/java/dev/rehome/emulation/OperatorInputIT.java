package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.ExitCode;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators type by mistake is refused with what was expected, and changes nothing. */
@ExtendWith(EmulatedMigrationExtension.class)
final class OperatorInputIT {
    private static void refused(Operator operator, String expected, String... arguments) {
        assertThat(operator.expect(ExitCode.REFUSED, arguments))
                .as(String.join(" ", arguments))
                .contains(expected);
    }

    @Test
    void mistakesAreExplainedAndChangeNothing(EmulatedMigration migration) throws SQLException {
        Operator operator = new Operator(migration);
        migration.seed(20);
        refused(operator, "did you mean BATCH_SIZE?", "set", "BATCHSIZE", "5");
        refused(operator, "can't be set to an empty value", "set", "BATCH_SIZE", " ");
        refused(operator, "a whole number from 1 to 10000", "set", "BATCH_SIZE", "0");
        refused(operator, "a number from 0 to 86400", "set", "CRITICAL_REPLICA_LAG_SECONDS", "0.0001");
        refused(operator, "windows such as", "set", "RUN_WINDOWS", "Mon-Fri 24:00-06:00");
        refused(operator, "did you mean BATCH_SIZE?", "get", "batch_size");
        refused(operator, "did you mean MAX_LOCK_WAITS?", "unset", "MAX_LOCKWAITS");
        refused(operator, "expected a line of text", "pause", "deploy\n2026-01-01 ERROR forged");
        refused(operator, "expected a line of text", "pause", "x".repeat(501));
        refused(operator, "expected a line of text", "resume", "--author", "\u001b[2J");
        refused(operator, "expected the id of a batch", "rollback", "--batch", "17");
        refused(operator, "did you mean NOT_FOUND?", "failures", "--csv", "--code", "NOTFOUND");
        refused(operator, "expected a whole number from 1", "changes", "--limit", "0");
        assertThat(operator.expect(0, "changes")).doesNotContain("->");
    }

    @Test
    void commandWithoutRedisFailsAtOnceWithItsAddress(EmulatedMigration migration) throws SQLException {
        Operator operator = new Operator(migration);
        migration.seed(20);
        migration.servers().redis().kill();
        assertThat(operator.expect(ExitCode.FAILED, "status")).contains("Redis at 127.0.0.1:");
        migration.servers().redis().restart();
    }
}
