package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Runs the producer's commands against a migration, as an operator does. */
record Operator(EmulatedMigration migration) {
    private static final String WIPE =
            "for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('DEL', key) end return 0";

    /** Runs a command with whatever exit code; returns what it printed. */
    String command(String... arguments) {
        MigrationProgram command = migration.producer(Map.of(), arguments);
        command.exitCode(Await.RUN);
        return command.log();
    }

    /** Runs a command, which must end with this exit code; returns what it printed. */
    String expect(int exitCode, String... arguments) {
        return expect(exitCode, Map.of(), arguments);
    }

    /** The same with variables of its own. */
    String expect(int exitCode, Map<String, String> variables, String... arguments) {
        return assertEnds(exitCode, migration.producer(variables, arguments)).log();
    }

    /** Aborts the run. */
    void abort(String reason) {
        assertThat(command("abort", "--yes", "--reason", reason)).contains("Stopping: " + reason);
    }

    /** Sets run windows that are closed for days: a minute of the day after the day after tomorrow. */
    void closeRunWindows() {
        String day =
                OffsetDateTime.now(ZoneOffset.UTC).plusDays(3).format(DateTimeFormatter.ofPattern("EEE", Locale.ROOT));
        assertThat(command("set", "RUN_WINDOWS", day + " 00:00-00:01")).contains("RUN_WINDOWS=");
    }

    /** Deletes everything that Redis has. */
    static void wipe(QueueInspector queue) {
        queue.eval(WIPE, "unused");
    }
}
