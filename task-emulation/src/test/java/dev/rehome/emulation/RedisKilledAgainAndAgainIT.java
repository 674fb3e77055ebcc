package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.SlowStore;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis dies over and over while work goes on. */
@ExtendWith(OnStage.class)
final class RedisKilledAgainAndAgainIT {
    private static final int KILLS = 10;

    @Test
    @DisplayName("Q1 Redis is killed ten times at random moments")
    void workGoesOnBetweenTenKillsOfRedis(MigrationStage stage) throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("seed of the kills: " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        stage.seed(300).with("MAX_ATTEMPTS", 50);
        try (SlowStore slow = new SlowStore(stage);
                Guarantees guarantees = new Guarantees(stage)) {
            slow.begin();
            MigrationProcess producer = stage.producer();
            stage.consumer();
            stage.consumer();
            stage.awaitMigrated(1);
            int kills = 0;
            for (int i = 0; i < KILLS && producer.isAlive(); i++) {
                // The moment itself is what is drawn, so this is not a wait for anything.
                TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
                stage.servers().redis().kill();
                stage.servers().redis().restart();
                kills++;
            }
            guarantees.hold(producer, 0);
            assertThat(kills).as("kills before the end").isEqualTo(KILLS);
        }
    }
}
