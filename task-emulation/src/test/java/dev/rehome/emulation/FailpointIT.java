package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.Failpoint;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGKILL at each moment between two durable steps: another process takes over. */
@ExtendWith(EmulatedMigrationExtension.class)
final class FailpointIT {
    private static final int KILLED = 137;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void anotherProcessTakesOverAfterAKill(Failpoint moment, EmulatedMigration migration) throws SQLException {
        migration.seed(60).with("MAX_ATTEMPTS", 50);
        try (TcpProxy proxy = moment.proxy(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            CompletableFuture<MigrationProcess> victim = new CompletableFuture<>();
            WireFault kill = moment.arm(proxy, () -> victim.join().kill());
            victim.complete(moment.victim(migration, proxy));
            MigrationProcess other = moment.isOfProducer() ? migration.consumer() : migration.producer();
            assertThat(victim.join().exitCode(Await.STEP)).isEqualTo(KILLED);
            MigrationProcess next = moment.isOfProducer() ? migration.producer() : migration.consumer();
            guarantees.hold(moment.isOfProducer() ? next : other, 0);
            assertThat(kill.injected()).isOne();
        }
    }
}
