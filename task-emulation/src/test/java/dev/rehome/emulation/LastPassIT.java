package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.emulation.application.SingleWrites;
import dev.rehome.emulation.fault.ScriptCall;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Trigger;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.CatalogRows;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application inserts legacy rows during what would have been the last pass, between its two windows. */
@ExtendWith(OnStage.class)
final class LastPassIT {
    /** How the scan asks for what follows the first window of 100 rows, with row 5 deleted. */
    private static final String SECOND_WINDOW = "`id` > 101";

    private final CompletableFuture<Trigger> betweenWindows = new CompletableFuture<>();
    private TcpProxy redis;
    private TcpProxy database;

    @BeforeEach
    void seed(MigrationStage stage) throws SQLException {
        stage.seed(160);
        new SingleWrites(stage).delete(5);
        redis = new TcpProxy(stage.servers().redis().port());
        database = new TcpProxy(stage.servers().database().port());
    }

    @AfterEach
    void close() {
        redis.close();
        database.close();
    }

    @Test
    @DisplayName("P12 with one row ahead of the scan, the row behind it is found as well")
    void rowsInsertedDuringTheLastPassAreFound(MigrationStage stage) throws SQLException {
        SingleWrites application = new SingleWrites(stage);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = producer(stage, () -> {
                application.insert(5);
                application.insert(161);
            });
            stage.consumer();
            guarantees.hold(producer, 0);
            assertThat(betweenWindows.join().struck()).isOne();
            assertThat(producer.log()).contains("Pass 4");
        }
    }

    @Test
    @DisplayName("P12 a row behind the last pass is after the cut-off and left to the next run")
    void rowInsertedBehindTheLastPassIsLeftToTheNextRun(MigrationStage stage) throws SQLException {
        SingleWrites application = new SingleWrites(stage);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = producer(stage, () -> application.insert(5));
            stage.consumer();
            assertThat(producer.exitCode(Patience.RUN)).as(producer.tail()).isZero();
            assertThat(betweenWindows.join().struck()).isOne();
            assertThat(CatalogRows.of(stage))
                    .containsEntry(5L, stage.journal().rows().get(5L));
            assertThatThrownBy(guarantees::judge)
                    .hasMessageContaining("row 5 holds")
                    .hasMessageContaining("is not reported");
            MigrationProcess next = stage.producer();
            stage.consumer();
            guarantees.hold(next, 0);
        }
    }

    private MigrationProcess producer(MigrationStage stage, Trigger.Deed deed) {
        redis.before(
                ScriptCall.of("begin_pass"), 1, () -> betweenWindows.complete(database.before(SECOND_WINDOW, 0, deed)));
        return stage.producer(
                Map.of(
                        "REDIS_PORT", Integer.toString(redis.port()),
                        "DATABASE_PORT", Integer.toString(database.port())),
                "run");
    }
}
