package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.fault.StoreGate;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.MigrationProgram;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes of one queue have different settings: harmless ones are unified, the others are rejected by name. */
@ExtendWith(EmulatedMigrationExtension.class)
final class SettingsThatDifferIT {
    /** The first argument is the prefix of the queue's keys. */
    private static final String FOREIGN_KEY = "redis.call('SADD', ARGV[1] .. 'open', ARGV[2])"
            + " return redis.call('SET', ARGV[1] .. 'batch:' .. ARGV[2], 'not a batch')";

    @Test
    void leaseOfTheProducerAppliesToEveryConsumer(EmulatedMigration migration) throws SQLException {
        try (StoreGate store = new StoreGate(migration.seed(60).with("LEASE_SECONDS", 6), 30);
                QueueInspector queue = migration.queue();
                // The test adds a key to the queue that isn't a batch.
                Guarantees guarantees = Guarantees.withDamagedQueue(migration)) {
            MigrationProgram producer = migration.producer();
            MigrationProcess longer = migration.consumerProcess(Map.of("LEASE_SECONDS", "600"));
            migration.awaitMigrated(20);
            Await.until("a batch is claimed", () -> queue.leased() > 0);
            queue.eval(FOREIGN_KEY, "0192f0a0-0000-7000-8000-000000000001");
            longer.kill();
            store.open();
            MigrationProgram shorter = migration.consumer(Map.of("LEASE_SECONDS", "3"));
            guarantees.hold(producer, 0);
            assertThat(shorter.log()).doesNotContain("the lease was lost");
        }
    }

    @Test
    void otherMigrationOfTheSameNameIsRejectedWithTheSettingThatDiffers(EmulatedMigration migration)
            throws SQLException {
        migration.seed(40);
        String other = migration.name() + "_other";
        migration.execute("CREATE DATABASE " + other);
        migration.execute(
                "GRANT SELECT, CREATE, DROP, INSERT, UPDATE ON " + other + ".* TO " + EmulatedMigration.ACCOUNT);
        migration.execute("CREATE TABLE " + other + ".`user profile` AS SELECT * FROM `user profile`");
        migration.execute("ALTER TABLE " + other + ".`user profile` ADD PRIMARY KEY (id)");
        try (QueueInspector queue = migration.queue();
                Guarantees guarantees = new Guarantees(migration)) {
            MigrationProgram producer = migration.producer();
            Await.until("batches are pending", () -> queue.pending() > 0);
            Map<String, String> foreign = Map.of("DATABASE_NAME", other);
            MigrationProgram second = migration.producer(foreign, "run");
            assertThat(second.exitCode(Await.STEP)).as(second.tail()).isNotZero();
            assertThat(second.log()).contains("MIGRATION_NAME").contains(other);
            migration.consumer();
            guarantees.hold(producer, 0);
            assertThat(migration.number("SELECT COUNT(*) FROM " + other
                            + ".`user profile` WHERE avatar_key LIKE 'avatar/%' AND avatar_key NOT"
                            + " LIKE 'avatar/earlier/%'"))
                    .isZero();
        }
    }
}
