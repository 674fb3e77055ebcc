package dev.rehome.emulation.fault;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.process.MigrationProcess;
import java.util.Map;

/**
 * A moment of a migration at which a process is killed, recognised on the wire: rows of docs/FAULT-MATRIX.md. A script's
 * first call is let pass, for a Redis that doesn't know it yet asks for its text.
 */
public enum Failpoint {
    BEFORE_LOCK("P1", "producer killed before it asks for the lock", Server.MARIADB, "SELECT GET_LOCK(", 0),
    AFTER_LOCK("P1", "producer killed with the lock, before the scan", Server.MARIADB, "SELECT GET_LOCK(", 0),
    BEFORE_ENQUEUE("P2", "producer killed after it read a window", Server.REDIS, ScriptCall.of("enqueue"), 1),
    BEFORE_UPDATE("P4", "producer killed before the update", Server.MARIADB, "SELECT outcome, COUNT(*) FROM", 0),
    BEFORE_COMMIT("P5", "producer killed before COMMIT", Server.MARIADB, "\7\0\0\0\3COMMIT", 0),
    BEFORE_FINISH("P7", "producer killed between COMMIT and finish", Server.REDIS, ScriptCall.of("finish"), 1),
    BEFORE_COMPLETE_RUN("P10", "producer killed before COMPLETE", Server.MARIADB, "SET state = 'COMPLETE'", 0),
    BEFORE_COPY("C1", "consumer killed between claim and copy", Server.MARIADB, "SELECT record_no FROM", 0),
    BEFORE_OUTCOMES(
            "C2", "consumer killed between copy and outcome", Server.MARIADB, "(batch_id, record_no, run_no", 0),
    BEFORE_COMPLETE("C3", "consumer killed between outcome and complete", Server.REDIS, ScriptCall.of("complete"), 1);

    private enum Server {
        REDIS,
        MARIADB
    }

    private final String row;
    private final String fault;
    private final Server server;
    private final String request;
    private final int letPass;

    Failpoint(String row, String fault, Server server, String request, int letPass) {
        this.row = row;
        this.fault = fault;
        this.server = server;
        this.request = request;
        this.letPass = letPass;
    }

    /** Whether it is the producer that is killed; a consumer otherwise. */
    public boolean isOfProducer() {
        return row.startsWith("P");
    }

    /** A proxy before the server on whose wire the moment shows; close it. */
    public TcpProxy proxy(EmulatedMigration migration) {
        return new TcpProxy(
                server == Server.REDIS
                        ? migration.servers().redis().port()
                        : migration.servers().database().port());
    }

    /** Does something once, at this moment. */
    public WireFault arm(TcpProxy proxy, WireFault.Action deed) {
        return this == AFTER_LOCK ? proxy.after(request, letPass, deed) : proxy.insteadOf(request, letPass, deed);
    }

    /** Starts the process that is to meet its moment. */
    public MigrationProcess victim(EmulatedMigration migration, TcpProxy proxy) {
        Map<String, String> variables =
                Map.of(server == Server.REDIS ? "REDIS_PORT" : "DATABASE_PORT", Integer.toString(proxy.port()));
        return isOfProducer() ? migration.producer(variables, "run") : migration.consumer(variables);
    }

    @Override
    public String toString() {
        return row + " " + fault;
    }
}
