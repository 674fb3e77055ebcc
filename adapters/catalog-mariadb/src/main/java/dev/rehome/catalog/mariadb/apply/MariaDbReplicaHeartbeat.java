package dev.rehome.catalog.mariadb.apply;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.ledger.MappingSchema;
import dev.rehome.catalog.mariadb.sql.CatalogConnections;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.MariaDbErrors;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heartbeat in a table of one row, as gh-ost and pt-heartbeat do it: replication itself carries it, so that the
 * right to read is enough at the replica. Each replica has one connection, outside any pool.
 */
public final class MariaDbReplicaHeartbeat implements ReplicaHeartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(MariaDbReplicaHeartbeat.class);

    private final JdbcRunner jdbc;
    private final MappingSchema schema;
    private final String writer;
    private final Map<String, Replica> replicas = new LinkedHashMap<>();

    /** {@code writer}: this start's own name, at most 64 characters of ASCII; {@code replicas} by their names. */
    public MariaDbReplicaHeartbeat(
            JdbcRunner jdbc, MappingSchema schema, String writer, Map<String, CatalogConnections> replicas) {
        this.jdbc = jdbc;
        this.schema = schema;
        this.writer = writer;
        replicas.forEach((name, connections) -> this.replicas.put(name, new Replica(name, connections)));
    }

    @Override
    public List<String> replicas() {
        return List.copyOf(replicas.keySet());
    }

    @Override
    public void beat(Instant moment) {
        jdbc.update(
                "writing the heartbeat for replicas",
                schema.sql("""
                        INSERT INTO :beats (id, writer, beat_at) VALUES (1, :writer, :moment)
                        ON DUPLICATE KEY UPDATE writer = VALUES(writer), beat_at = VALUES(beat_at)""").with("writer", writer).with("moment", moment));
    }

    @Override
    public Optional<Instant> lastSeen(String replica) {
        return replicas
                .get(replica)
                .ask(
                        "reading the heartbeat",
                        schema.sql("SELECT beat_at FROM :beats WHERE id = 1 AND writer = :writer")
                                .with("writer", writer),
                        row -> JdbcRunner.instant(row, "beat_at"))
                .stream()
                .findFirst();
    }

    @Override
    public void ping(String replica) {
        replicas.get(replica).ask("connecting", sql("SELECT 1"), row -> row.getInt(1));
    }

    @Override
    public void close() {
        replicas.values().forEach(Replica::leave);
    }

    /** One replica's connection; reopened after a failure. */
    private static final class Replica {
        private final String name;
        private final CatalogConnections connections;
        private Connection connection;

        private Replica(String name, CatalogConnections connections) {
            this.name = name;
            this.connections = connections;
        }

        private synchronized <T> List<T> ask(String operation, SqlFragment query, JdbcRunner.Row<T> row) {
            try {
                if (connection == null) {
                    connection = connections.dedicated();
                }
                return JdbcRunner.list(connection, query, row);
            } catch (SQLException failure) {
                leave();
                throw MariaDbErrors.classified(operation + " at the replica " + name, failure);
            }
        }

        private synchronized void leave() {
            if (connection != null) {
                try {
                    connection.close();
                } catch (SQLException gone) {
                    LOG.debug("Closing a lost connection to {}: {}", name, gone.getMessage());
                }
                connection = null;
            }
        }
    }
}
