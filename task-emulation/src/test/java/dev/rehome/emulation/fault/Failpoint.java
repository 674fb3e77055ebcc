package dev.rehome.emulation.fault;

/**
 * A moment of a migration at which a process is killed, recognised on the wire; the names are rows of
 * docs/FAULT-MATRIX.md. The first call of a script passes, because Redis may not have loaded it yet and rejects the call.
 */
public enum Failpoint {
    BEFORE_LOCK("P1", "producer killed before it asks for the lock", Server.MARIADB, "SELECT GET_LOCK(", 0),
    AFTER_LOCK("P1", "producer killed with the lock, before the scan", Server.MARIADB, "SELECT GET_LOCK(", 0),
    BEFORE_ENQUEUE("P2", "producer killed after it read a window", Server.REDIS, ScriptCall.of("enqueue"), 1),
    BEFORE_UPDATE("P4", "producer killed before the update", Server.MARIADB, "SELECT COUNT(*) AS records", 0),
    BEFORE_COMMIT("P5", "producer killed before COMMIT", Server.MARIADB, Wire.COMMIT, 0),
    BEFORE_FINISH("P7", "producer killed between COMMIT and finish", Server.REDIS, ScriptCall.of("finish"), 1),
    BEFORE_COMPLETE_RUN("P10", "producer killed before COMPLETE", Server.MARIADB, "SET state = 'COMPLETE'", 0),
    BEFORE_COPY("C1", "consumer killed between claim and copy", Server.MARIADB, "SELECT record_no FROM", 0),
    BEFORE_OUTCOMES("C2", "consumer killed between copy and outcome", Server.MARIADB, Wire.INSERT_OUTCOMES, 0),
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

    /** Whether the producer is killed, rather than a consumer. */
    public boolean isOfProducer() {
        return row.startsWith("P");
    }

    /** Executes an action once, at this moment of the process behind the two proxies. */
    public WireFault arm(TcpProxy database, TcpProxy redis, WireFault.Action action) {
        TcpProxy proxy = server == Server.REDIS ? redis : database;
        return switch (this) {
            case AFTER_LOCK -> proxy.after(request, letPass, action);
            // Other transactions commit too, so wait for the update.
            case BEFORE_COMMIT -> proxy.before(Wire.UPDATE_ROWS, 0, () -> proxy.insteadOf(request, letPass, action));
            default -> proxy.insteadOf(request, letPass, action);
        };
    }

    @Override
    public String toString() {
        return row + " " + fault;
    }
}
