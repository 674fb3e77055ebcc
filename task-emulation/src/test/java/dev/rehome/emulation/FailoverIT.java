package dev.rehome.emulation;

import dev.rehome.emulation.fault.ScriptCall;
import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Wire;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The primary turns read-only or dies during a transaction of the consumer and of the producer, and between two. */
@ExtendWith(EmulatedMigrationExtension.class)
final class FailoverIT {
    @Test
    void readOnlyOrKilledPrimaryIsWaitedFor(EmulatedMigration migration) throws SQLException {
        migration.seed(160).with("BATCH_SIZE", 5);
        try (StoreGate store = new StoreGate(migration, 8);
                TcpProxy ofProducer = Wire.database(migration);
                TcpProxy ofConsumer = Wire.database(migration);
                TcpProxy queue = Wire.redis(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer =
                    migration.withProducers(Wire.databaseAt(ofProducer)).producer();
            Map<String, String> proxied = new HashMap<>(Wire.databaseAt(ofConsumer));
            proxied.putAll(Wire.redisAt(queue));
            MigrationProgram consumer = migration.consumer(proxied);
            turnReadOnly(migration, ofConsumer, Wire.INSERT_OUTCOMES, consumer);
            // Four batches for each further fault.
            store.pass(20);
            turnReadOnly(migration, ofProducer, Wire.UPDATE_ROWS, producer);
            store.pass(20);
            killBefore(migration, ofConsumer, Wire.COMMIT);
            store.pass(20);
            killBefore(migration, ofProducer, Wire.COMMIT);
            // After the commit of the outcomes.
            store.pass(20);
            killBefore(migration, queue, ScriptCall.of("complete"));
            store.open();
            guarantees.hold(producer, 0);
        }
    }

    /** Makes the primary read-only before a statement of a process, until the process has logged the error. */
    private static void turnReadOnly(
            EmulatedMigration migration, TcpProxy database, String statement, MigrationProgram process)
            throws SQLException {
        int before = readOnlyErrors(process);
        WireFault failover = database.before(statement, 0, () -> migration.execute("SET GLOBAL read_only = 1"));
        try {
            Await.until(
                    process.name() + " meets a read-only primary",
                    () -> failover.injected() == 1 && readOnlyErrors(process) > before);
        } finally {
            migration.execute("SET GLOBAL read_only = 0");
        }
    }

    private static int readOnlyErrors(MigrationProgram process) {
        return process.log().split("--read-only", -1).length;
    }

    private static void killBefore(EmulatedMigration migration, TcpProxy proxy, String request) {
        WireFault kill = proxy.before(request, 0, migration.servers().database()::kill);
        Await.until("the primary is killed", () -> kill.injected() == 1);
        migration.servers().database().restart();
    }
}
