package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.Failpoint;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Trigger;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGKILL at exactly one moment, for each moment between two durable steps: another process takes over. */
@ExtendWith(OnStage.class)
final class FailpointIT {
    private static final int KILLED = 137;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void killedThereAnotherTakesOver(Failpoint moment, MigrationStage stage) throws SQLException {
        stage.seed(60).with("MAX_ATTEMPTS", 50);
        try (TcpProxy proxy = moment.proxy(stage);
                Guarantees guarantees = new Guarantees(stage)) {
            CompletableFuture<MigrationProcess> victim = new CompletableFuture<>();
            Trigger strike = moment.arm(proxy, () -> victim.join().kill());
            victim.complete(moment.victim(stage, proxy));
            MigrationProcess other = moment.isOfProducer() ? stage.consumer() : stage.producer();
            assertThat(victim.join().exitCode(Patience.STEP)).isEqualTo(KILLED);
            MigrationProcess next = moment.isOfProducer() ? stage.producer() : stage.consumer();
            guarantees.hold(moment.isOfProducer() ? next : other, 0);
            assertThat(strike.struck()).isOne();
        }
    }
}
