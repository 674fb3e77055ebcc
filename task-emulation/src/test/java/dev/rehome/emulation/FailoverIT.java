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
    /** The objects of four batches, which a fault hits while they are processed. */
    private static final int BATCHES_OF_A_FAULT = 20;

    @Test
    void readOnlyOrKilledPrimaryIsWaitedFor(EmulatedMigration migration) throws SQLException {
        migration.seed(160).with("BATCH_SIZE", 5);
        try (StoreGate store = new StoreGate(migration, 0);
                TcpProxy ofProducer = Wire.database(migration);
                TcpProxy ofConsumer = Wire.database(migration);
                TcpProxy queue = Wire.redis(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer =
                    migration.withProducers(Wire.databaseAt(ofProducer)).producer();
            Map<String, String> proxied = new HashMap<>(Wire.databaseAt(ofConsumer));
            proxied.putAll(Wire.redisAt(queue));
            MigrationProgram consumer = migration.consumer(proxied);
            turnReadOnly(migration, store, ofConsumer, Wire.INSERT_OUTCOMES, consumer);
            turnReadOnly(migration, store, ofProducer, Wire.UPDATE_ROWS, producer);
            killBefore(migration, store, ofConsumer, Wire.COMMIT);
            killBefore(migration, store, ofProducer, Wire.COMMIT);
            // After the commit of the outcomes.
            killBefore(migration, store, queue, ScriptCall.of("complete"));
            store.open();
            guarantees.hold(producer, 0);
        }
    }

    /** Makes the primary read-only before a statement of a process, until the process has logged the error. */
    private static void turnReadOnly(
            EmulatedMigration migration, StoreGate store, TcpProxy database, String statement, MigrationProgram process)
            throws SQLException {
        int before = readOnlyErrors(process);
        WireFault failover = database.before(statement, 0, () -> migration.execute("SET GLOBAL read_only = 1"));
        store.pass(BATCHES_OF_A_FAULT);
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

    private static void killBefore(EmulatedMigration migration, StoreGate store, TcpProxy proxy, String request) {
        WireFault kill = proxy.before(request, 0, migration.servers().database()::kill);
        store.pass(BATCHES_OF_A_FAULT);
        Await.until("the primary is killed", () -> kill.injected() == 1);
        migration.servers().database().restart();
    }
}
