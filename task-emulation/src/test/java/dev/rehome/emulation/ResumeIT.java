package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.application.LiveApplication;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.stage.Crew;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes die by SIGKILL; others go on where they stood. */
@ExtendWith(OnStage.class)
final class ResumeIT {
    @Test
    void killedProducerIsResumed(MigrationStage stage) throws SQLException {
        stage.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            MigrationProcess consumer = stage.consumer();
            stage.awaitMigrated(40);
            producer.kill();
            MigrationProcess next = stage.producer();
            guarantees.hold(next, 0);
            assertThat(next.log()).contains("Run 1 goes on");
            assertThat(consumer.log()).doesNotContain("Can't go on");
        }
    }

    @Test
    void killedConsumersBatchesGoToAnother(MigrationStage stage) throws SQLException {
        stage.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            MigrationProcess consumer = stage.consumer();
            stage.awaitMigrated(20);
            consumer.kill();
            stage.consumer();
            guarantees.hold(producer, 0);
            assertThat(producer.log()).contains("Leases ran out");
        }
    }

    @Test
    void allKilledAtOnceGoOnTheNextDay(MigrationStage stage) throws SQLException {
        stage.seed(300).with("COPY_CONCURRENCY", 1);
        try (Guarantees guarantees = new Guarantees(stage)) {
            MigrationProcess producer = stage.producer();
            MigrationProcess consumer = stage.consumer();
            stage.awaitMigrated(20);
            producer.kill();
            consumer.kill();
            stage.servers().database().kill();
            stage.servers().redis().kill();
            stage.servers().database().restart();
            stage.servers().redis().restart();
            stage.consumer();
            MigrationProcess next = stage.producer();
            guarantees.hold(next, 0);
            assertThat(next.log()).contains("Run 1 goes on");
        }
    }

    @Test
    void anyKilledAtRandomMomentsComesToTheSameEnd(MigrationStage stage) throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("seed of the kills: " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        stage.seed(300).with("COPY_CONCURRENCY", 1).with("MAX_ATTEMPTS", 50).with("PASS_DELAY_SECONDS", 1);
        int kills = 0;
        try (Guarantees guarantees = new Guarantees(stage)) {
            Crew crew = new Crew(stage, 2);
            try (LiveApplication application = new LiveApplication(stage, seed, Duration.ofMillis(50))) {
                stage.awaitMigrated(1);
                for (int i = 0; i < 6 && crew.producer().isAlive(); i++) {
                    // The moment itself is what is drawn, so this is not a wait for anything.
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
                    int drawn = random.nextInt(crew.size());
                    kills += crew.member(drawn).isAlive() ? 1 : 0;
                    crew.replace(drawn);
                }
                assertThat(application.longest()).isLessThan(Duration.ofSeconds(3));
            }
            guarantees.hold(crew.awaitProducer(), 0);
            assertThat(kills).as("kills before the end").isPositive();
        }
    }
}
