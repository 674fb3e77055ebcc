package dev.rehome.emulation;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.util.Map;

/** Somebody who runs the producer's commands against a migration. */
record Operator(EmulatedMigration migration) {
    private static final String WIPE =
            "for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('DEL', key) end return 0";

    /** Runs a command; returns what it printed. */
    String command(String... arguments) {
        MigrationProgram process = migration.producer(Map.of(), arguments);
        process.exitCode(Await.STEP);
        return process.log();
    }

    /** Deletes everything that Redis has. */
    static void wipe(QueueInspector queue) {
        queue.eval(WIPE, "unused");
    }
}
