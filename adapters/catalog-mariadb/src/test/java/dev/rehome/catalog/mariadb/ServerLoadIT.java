package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The load that the server reports. */
@ExtendWith(MariaDbSchemas.class)
class ServerLoadIT {
    @Test
    void statementThatWaitsForARowIsCountedWhileItWaits(AppSchema schema) throws SQLException, InterruptedException {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        schema.execute("INSERT INTO t VALUES (1, 'a')");
        try (MariaDbCatalog catalog = schema.migration().catalog();
                Connection holds = schema.connect();
                Connection waits = schema.connect()) {
            await(catalog, 0);
            assertThat(catalog.load().read().runningStatements()).isPositive();
            holds.setAutoCommit(false);
            AppSchema.execute(holds, "UPDATE t SET image = 'b' WHERE id = 1");
            Thread waiting =
                    new Thread(() -> AppSchema.execute(waits, "UPDATE t SET image = 'c' WHERE id = 1"), "waiting");
            waiting.start();
            await(catalog, 1);
            holds.rollback();
            waiting.join();
            await(catalog, 0);
        }
    }

    @Test
    void serverWithoutReplicasReportsNone(AppSchema schema) {
        try (MariaDbCatalog catalog = schema.migration().catalog()) {
            assertThat(catalog.load().replicas()).isZero();
        }
    }

    private static void await(MariaDbCatalog catalog, int waits) {
        Eventually.holds(
                waits + " statements wait for locks",
                () -> catalog.load().read().lockWaits() == waits);
    }
}
