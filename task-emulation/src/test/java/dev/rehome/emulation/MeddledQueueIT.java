package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import dev.rehome.emulation.stage.Queue;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody takes batches out of the queue's lists: they are open, and nobody would ever come upon them. */
@ExtendWith(OnStage.class)
final class MeddledQueueIT {
    @Test
    @DisplayName("Q11 a waiting batch is taken out of its list")
    void batchThatStandsNowhereIsPutRight(MigrationStage stage) throws SQLException {
        stage.seed(100).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = Guarantees.withDisorderlyQueue(stage);
                Queue queue = stage.queue()) {
            MigrationProcess producer = stage.producer();
            Patience.until("batches wait", () -> queue.pending() > 3);
            queue.eval("redis.call('RPOP', ARGV[1] .. 'pending')", "");
            stage.consumer();
            guarantees.hold(producer, 0);
            assertThat(producer.log()).contains("stood in no list");
        }
    }
}
