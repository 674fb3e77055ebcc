package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.application.SingleWrites;
import dev.rehome.emulation.fault.ScriptCall;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application inserts legacy rows during what would have been the last pass, between its two windows. */
@ExtendWith(EmulatedMigrationExtension.class)
final class LastPassIT {
    /** How the scan asks for what follows the first window of 100 rows, with row 5 deleted. */
    private static final String SECOND_WINDOW = "`id` > 101";

    private final CompletableFuture<WireFault> betweenWindows = new CompletableFuture<>();
    private TcpProxy redis;
    private TcpProxy database;

    @BeforeEach
    void seed(EmulatedMigration migration) throws SQLException {
        migration.seed(160);
        new SingleWrites(migration).delete(5);
        redis = new TcpProxy(migration.servers().redis().port());
        database = new TcpProxy(migration.servers().database().port());
    }

    @AfterEach
    void close() {
        redis.close();
        database.close();
    }

    @Test
    @DisplayName("P12 with one row ahead of the scan, the row behind it is found as well")
    void rowsInsertedDuringTheLastPassAreFound(EmulatedMigration migration) throws SQLException {
        SingleWrites application = new SingleWrites(migration);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = producer(migration, () -> {
                application.insert(5);
                application.insert(161);
            });
            migration.consumer();
            guarantees.hold(producer, 0);
            assertThat(betweenWindows.join().injected()).isOne();
            assertThat(producer.log()).contains("Pass 4");
        }
    }

    @Test
    @DisplayName("P12 a row behind the last pass is after the cut-off and left to the next run")
    void rowInsertedBehindTheLastPassIsLeftToTheNextRun(EmulatedMigration migration) throws SQLException {
        SingleWrites application = new SingleWrites(migration);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProcess producer = producer(migration, () -> application.insert(5));
            migration.consumer();
            assertThat(producer.exitCode(Await.RUN)).as(producer.tail()).isZero();
            assertThat(betweenWindows.join().injected()).isOne();
            assertThat(CatalogRows.of(migration))
                    .containsEntry(5L, migration.journal().rows().get(5L));
            assertThatThrownBy(guarantees::judge)
                    .hasMessageContaining("row 5 holds")
                    .hasMessageContaining("is not reported");
            MigrationProcess next = migration.producer();
            migration.consumer();
            guarantees.hold(next, 0);
        }
    }

    private MigrationProcess producer(EmulatedMigration migration, WireFault.Action deed) {
        redis.before(
                ScriptCall.of("begin_pass"), 1, () -> betweenWindows.complete(database.before(SECOND_WINDOW, 0, deed)));
        return migration.producer(
                Map.of(
                        "REDIS_PORT", Integer.toString(redis.port()),
                        "DATABASE_PORT", Integer.toString(database.port())),
                "run");
    }
}
