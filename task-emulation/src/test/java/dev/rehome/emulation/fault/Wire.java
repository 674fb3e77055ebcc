package dev.rehome.emulation.fault;

import dev.rehome.emulation.migration.EmulatedMigration;
import java.sql.SQLException;
import java.util.Map;

/** Faults on the connections of a migration: proxies in front of its servers, and the bytes by which they recognise requests. */
public final class Wire {
    /** COMMIT in MariaDB's protocol: a packet of seven bytes, the first one of its command, a query. */
    public static final String COMMIT = "\7\0\0\0\3COMMIT";
    /** The insert of outcomes into the mapping table. */
    public static final String INSERT_OUTCOMES = "(batch_id, record_no, run_no";
    /** The bulk update of the production table. */
    public static final String UPDATE_ROWS = "SET t.";

    private Wire() {}

    /** A proxy before MariaDB; close it. */
    public static TcpProxy database(EmulatedMigration migration) {
        return new TcpProxy(migration.servers().database().port());
    }

    /** A proxy before Redis; close it. */
    public static TcpProxy redis(EmulatedMigration migration) {
        return new TcpProxy(migration.servers().redis().port());
    }

    /** A proxy before the object store; close it. */
    public static TcpProxy store(EmulatedMigration migration) {
        return new TcpProxy(migration.servers().store().port());
    }

    /** The variables of a process that reaches MariaDB through a proxy. */
    public static Map<String, String> databaseAt(TcpProxy proxy) {
        return Map.of("DATABASE_PORT", Integer.toString(proxy.port()));
    }

    /** The variables of a process that reaches Redis through a proxy. */
    public static Map<String, String> redisAt(TcpProxy proxy) {
        return Map.of("REDIS_PORT", Integer.toString(proxy.port()));
    }

    /** The variables of a process that reaches the object store through a proxy. */
    public static Map<String, String> storeAt(TcpProxy proxy) {
        return Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + proxy.port());
    }

    /** Ends every connection of the migrator to MariaDB from the server's side. */
    public static void dropConnections(EmulatedMigration migration) throws SQLException {
        migration.execute("KILL CONNECTION USER " + EmulatedMigration.USER);
    }
}
