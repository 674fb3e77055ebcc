package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One record kills each consumer that asks for its object. */
@ExtendWith(OnStage.class)
final class PoisonRecordIT {
    private static final SampleRow POISON = SampleRow.of(40);

    @Test
    void poisonIsIsolatedAndEverythingElseMigrated(MigrationStage stage) throws SQLException {
        stage.seed(80).with("BATCH_SIZE", 4).with("MAX_ATTEMPTS", 2);
        stage.journal().cannotBeMoved(POISON.location());
        List<TcpProxy> proxies = new ArrayList<>();
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            List<MigrationProcess> consumers = new ArrayList<>();
            Patience.until("the producer ends", Patience.RUN, () -> {
                consumers.removeIf(consumer -> !consumer.isAlive());
                while (consumers.size() < 2 && producer.isAlive()) {
                    consumers.add(victim(stage, proxies));
                }
                return !producer.isAlive();
            });
            assertThat(producer.exitCode(Patience.STEP)).as(producer.tail()).isEqualTo(3);
            assertThat(producer.log())
                    .contains("halving it")
                    .contains("ATTEMPTS_EXHAUSTED: 1;")
                    .contains("row 40: " + POISON.location());
            guarantees.judge();

            stage.journal().canBeMovedAgain(POISON.location());
            consumers.forEach(MigrationProcess::kill);
            stage.consumer();
            guarantees.hold(stage.producer(), 0);
        } finally {
            proxies.forEach(TcpProxy::close);
        }
    }

    private static MigrationProcess victim(MigrationStage stage, List<TcpProxy> proxies) {
        TcpProxy store = new TcpProxy(stage.servers().store().port());
        proxies.add(store);
        CompletableFuture<MigrationProcess> consumer = new CompletableFuture<>();
        store.upon(POISON.location(), () -> consumer.join().kill());
        consumer.complete(stage.consumer(Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + store.port())));
        return consumer.join();
    }
}
