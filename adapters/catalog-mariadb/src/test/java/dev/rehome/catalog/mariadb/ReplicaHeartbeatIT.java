package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.catalog.ServerAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The heartbeat's row, on one server that is primary and replica at once. */
@ExtendWith(MariaDbSchemas.class)
class ReplicaHeartbeatIT {
    private static final Instant MOMENT = Instant.parse("2026-10-25T01:30:00.123456Z");

    @Test
    void lastHeartbeatIsReadToTheMicrosecond(AppSchema schema) {
        try (PreparedCatalog catalog = prepared(schema);
                ReplicaHeartbeat heartbeat = heartbeat(catalog, schema, "me")) {
            String replica = heartbeat.replicas().get(0);
            assertThat(heartbeat.lastSeen(replica)).as("before the first").isEmpty();
            heartbeat.beat(MOMENT.minusSeconds(1));
            heartbeat.beat(MOMENT);
            assertThat(heartbeat.lastSeen(replica)).contains(MOMENT);
            assertThat(schema.rows("SELECT id, writer FROM rehome_map_beat")).containsExactly(List.of("1", "me"));
        }
    }

    @Test
    void heartbeatOfAnotherStartIsIgnored(AppSchema schema) {
        try (PreparedCatalog catalog = prepared(schema);
                ReplicaHeartbeat heartbeat = heartbeat(catalog, schema, "me");
                ReplicaHeartbeat other = heartbeat(catalog, schema, "other")) {
            heartbeat.beat(MOMENT);
            other.beat(MOMENT);
            assertThat(heartbeat.lastSeen(heartbeat.replicas().get(0))).isEmpty();
        }
    }

    @Test
    void theRightToReadIsEnoughAtAReplica(AppSchema schema) {
        String rights = SqlFragment.name(schema.name()) + ".*";
        schema.execute("CREATE USER reader IDENTIFIED BY 'r'");
        schema.execute("GRANT SELECT ON " + rights + " TO reader");
        try (PreparedCatalog catalog = prepared(schema);
                MariaDbCatalog reading = schema.migration().as("reader", "r").catalog();
                ReplicaHeartbeat writer = heartbeat(catalog, schema, "me");
                ReplicaHeartbeat reader = reading.heartbeat(List.of(address(schema)), "me")) {
            writer.beat(MOMENT);
            assertThat(reader.lastSeen(reader.replicas().get(0))).contains(MOMENT);
            assertThatThrownBy(() -> reader.beat(MOMENT)).isInstanceOf(Rejected.class);
        } finally {
            schema.execute("DROP USER reader");
        }
    }

    @Test
    void replicaThatIsDownOrLacksTheTableIsReportedAndReadAgain(AppSchema schema) {
        try (PreparedCatalog catalog = prepared(schema);
                ReplicaHeartbeat away = catalog.catalog().heartbeat(List.of(ServerAddress.parse("127.0.0.1:1")), "me");
                ReplicaHeartbeat heartbeat = heartbeat(catalog, schema, "me")) {
            assertThatThrownBy(() -> away.lastSeen("127.0.0.1:1"))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("127.0.0.1:1");
            String replica = heartbeat.replicas().get(0);
            heartbeat.beat(MOMENT);
            schema.execute("RENAME TABLE rehome_map_beat TO elsewhere");
            assertThatThrownBy(() -> heartbeat.lastSeen(replica))
                    .isInstanceOf(Rejected.class)
                    .hasMessageContaining("rehome_map_beat");
            schema.execute("RENAME TABLE elsewhere TO rehome_map_beat");
            assertThat(heartbeat.lastSeen(replica)).contains(MOMENT);
        }
    }

    private static PreparedCatalog prepared(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        return schema.migration().prepared();
    }

    private static ReplicaHeartbeat heartbeat(PreparedCatalog catalog, AppSchema schema, String writer) {
        return catalog.catalog().heartbeat(List.of(address(schema)), writer);
    }

    private static ServerAddress address(AppSchema schema) {
        return ServerAddress.parse("127.0.0.1:" + schema.server().port());
    }
}
