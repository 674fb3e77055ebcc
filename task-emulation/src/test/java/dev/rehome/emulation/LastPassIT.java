package dev.rehome.emulation;

import static dev.rehome.emulation.Endings.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.application.SingleWrites;
import dev.rehome.emulation.fault.ScriptCall;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Wire;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application inserts legacy rows between the two windows of a pass that would have been the last one. */
@ExtendWith(EmulatedMigrationExtension.class)
final class LastPassIT {
    /** The condition of the second window: the first has 100 rows, and row 5 is deleted. */
    private static final String SECOND_WINDOW = "`id` > 101";

    private final CompletableFuture<WireFault> betweenWindows = new CompletableFuture<>();
    private TcpProxy redis;
    private TcpProxy database;

    @BeforeEach
    void seed(EmulatedMigration migration) throws SQLException {
        migration.seed(160);
        new SingleWrites(migration).delete(5);
        redis = Wire.redis(migration);
        database = Wire.database(migration);
    }

    @AfterEach
    void close() {
        redis.close();
        database.close();
    }

    @Test
    @DisplayName("P12 a row ahead of the scan makes another pass, which also finds the row that the scan had passed")
    void rowsInsertedDuringTheLastPassAreFound(EmulatedMigration migration) throws SQLException {
        SingleWrites application = new SingleWrites(migration);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = producer(migration, () -> {
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
    @DisplayName("P12 a row that the last pass had passed is left to the next run")
    void rowThatTheLastPassHadPassedIsLeftToTheNextRun(EmulatedMigration migration) throws SQLException {
        SingleWrites application = new SingleWrites(migration);
        try (Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = producer(migration, () -> application.insert(5));
            migration.consumer();
            assertEnds(0, producer);
            assertThat(betweenWindows.join().injected()).isOne();
            assertThat(CatalogRows.of(migration))
                    .containsEntry(5L, migration.journal().rows().get(5L));
            assertThatThrownBy(guarantees::judge)
                    .hasMessageContaining("row 5 holds")
                    .hasMessageContaining("isn't reported as failed");
            MigrationProgram next = migration.producer();
            migration.consumer();
            guarantees.hold(next, 0);
        }
    }

    private MigrationProgram producer(EmulatedMigration migration, WireFault.Action action) {
        redis.before(
                ScriptCall.of("begin_pass"),
                1,
                () -> betweenWindows.complete(database.before(SECOND_WINDOW, 0, action)));
        return migration
                .withProducers(Wire.redisAt(redis))
                .withProducers(Wire.databaseAt(database))
                .producer();
    }
}
