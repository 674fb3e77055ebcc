package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.Failpoint;
import dev.rehome.emulation.fault.TcpProxy;
import dev.rehome.emulation.fault.Wire;
import dev.rehome.emulation.fault.WireFault;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGKILL at each moment between two durable steps: another process takes over, and is killed at the next moment. */
@ExtendWith(EmulatedMigrationExtension.class)
final class FailpointIT {
    private static final int KILLED = 137;

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"producer", "consumer"})
    void anotherProcessTakesOverAfterAKill(String program, EmulatedMigration migration) throws SQLException {
        migration.seed(160).with("MAX_ATTEMPTS", 50);
        boolean ofProducer = program.equals("producer");
        try (TcpProxy database = Wire.database(migration);
                TcpProxy redis = Wire.redis(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            Map<String, String> proxied = new HashMap<>(Wire.databaseAt(database));
            proxied.putAll(Wire.redisAt(redis));
            Supplier<MigrationProcess> start = ofProducer
                    ? migration.withProducers(proxied)::producerProcess
                    : () -> migration.consumerProcess(proxied);
            MigrationProgram other = ofProducer ? migration.consumer() : migration.producer();
            Stream.of(Failpoint.values())
                    .filter(moment -> moment.isOfProducer() == ofProducer)
                    .forEach(moment -> assertKilled(moment, start, database, redis));
            MigrationProgram last = start.get();
            MigrationProgram producer = ofProducer ? last : other;
            guarantees.hold(producer, 0);
            assertThat(producer.log()).contains(ofProducer ? "Run 1 resumed" : "batches whose leases expired");
            assertThat(other.log()).doesNotContain("Stopping after a failure");
        }
    }

    private static void assertKilled(
            Failpoint moment, Supplier<MigrationProcess> start, TcpProxy database, TcpProxy redis) {
        CompletableFuture<MigrationProcess> victim = new CompletableFuture<>();
        WireFault kill = moment.arm(database, redis, () -> victim.join().kill());
        victim.complete(start.get());
        assertThat(victim.join().exitCode(Await.RUN)).as(moment.toString()).isEqualTo(KILLED);
        Await.until(moment + " was met once", () -> kill.injected() == 1);
    }
}
