package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.process.MigrationProgram;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis dies again and again during a run. */
@ExtendWith(EmulatedMigrationExtension.class)
final class RedisKilledAgainAndAgainIT {
    private static final int KILLS = 10;

    @Test
    @DisplayName("Q1 Redis is killed ten times at random moments")
    void runContinuesBetweenTenKillsOfRedis(EmulatedMigration migration) throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("seed of the kills: " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        migration.seed(160).with("BATCH_SIZE", 5).with("MAX_ATTEMPTS", 50);
        try (StoreGate store = new StoreGate(migration, 10);
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = migration.producer();
            migration.consumer();
            migration.awaitMigrated(5);
            for (int i = 0; i < KILLS; i++) {
                // Some work before each kill, but never all that is left.
                store.pass(10);
                // The moment itself is random: this doesn't wait for anything.
                TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
                migration.servers().redis().kill();
                migration.servers().redis().restart();
            }
            assertThat(producer.isAlive()).as("the run isn't over").isTrue();
            store.open();
            guarantees.hold(producer, 0);
        }
    }
}
