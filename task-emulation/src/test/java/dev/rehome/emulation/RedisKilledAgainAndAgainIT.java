package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.SlowStore;
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
        migration.seed(300).with("MAX_ATTEMPTS", 50);
        try (SlowStore slow = new SlowStore(migration);
                Guarantees guarantees = new Guarantees(migration)) {
            slow.begin();
            MigrationProgram producer = migration.producer();
            migration.consumer();
            migration.consumer();
            migration.awaitMigrated(1);
            int kills = 0;
            for (int i = 0; i < KILLS && producer.isAlive(); i++) {
                // The moment itself is random: this doesn't wait for anything.
                TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
                migration.servers().redis().kill();
                migration.servers().redis().restart();
                kills++;
            }
            guarantees.hold(producer, 0);
            assertThat(kills).as("kills before the end").isEqualTo(KILLS);
        }
    }
}
