package dev.rehome.emulation.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.migration.Bucket;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.QueueInspector;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.verification.Verdict;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each guarantee detects its breach, which the test commits itself, without a migrator. */
@ExtendWith(EmulatedMigrationExtension.class)
final class GuaranteesIT {
    private static final String UPDATE = "UPDATE `user profile` SET avatar_key = '%s' WHERE id = %d";

    @Test
    void updateWithoutTheLockIsABreach(EmulatedMigration migration) throws SQLException {
        migration.seed(20);
        OnlyTheLeaderUpdates judge = new OnlyTheLeaderUpdates(new CommittedUpdates(migration));
        asMigrator(migration, UPDATE.formatted(SampleRow.of(1).expectedLocation(), 1));
        assertThat(breaches(judge)).contains("row 1 was updated by connection").contains("lock was held by 0");
    }

    @Test
    void updateToAnotherKeyIsABreachEvenWithTheLock(EmulatedMigration migration) throws SQLException {
        migration.seed(20);
        OnlyTheLeaderUpdates judge = new OnlyTheLeaderUpdates(new CommittedUpdates(migration));
        String lock =
                "DO GET_LOCK(CONCAT('rehome:', LEFT(SHA2('" + migration.name() + ".rehome_mapping', 256), 40)), 0)";
        asMigrator(migration, lock, UPDATE.formatted("avatar/x", 1), UPDATE.formatted("avatar/x", 2));
        assertThat(breaches(judge)).contains("both became 'avatar/x'").doesNotContain("lock was held");
    }

    @Test
    void overwrittenTargetIsABreach(EmulatedMigration migration) throws SQLException {
        put(migration, "one");
        NothingOverwritten judge = new NothingOverwritten(migration);
        assertThat(breaches(judge)).isEmpty();
        put(migration, "other");
        assertThat(breaches(judge)).contains("the object avatar/1 was");
    }

    @Test
    void batchInTwoPlacesIsABreach(EmulatedMigration migration) throws SQLException {
        try (EveryBatchInOnePlace judge = new EveryBatchInOnePlace(migration);
                QueueInspector queue = migration.queue()) {
            assertThat(breaches(judge)).isEmpty();
            queue.eval("""
                redis.call('SADD', ARGV[1] .. 'open', 'one')
                redis.call('RPUSH', ARGV[1] .. 'pending', 'one')
                redis.call('RPUSH', ARGV[1] .. 'copied', 'one')\
                """, "");
            Await.until(
                    "the guarantee detects the batch in two lists",
                    () -> breaches(judge).contains("during the run: batch one is open and in pending copied"));
        }
    }

    @Test
    void completionByAnotherThanTheOwnerIsABreach(EmulatedMigration migration) throws SQLException {
        try (OnlyTheOwnerCompletes judge = new OnlyTheOwnerCompletes(migration);
                QueueInspector queue = migration.queue()) {
            assertThat(breaches(judge)).isEmpty();
            queue.eval(
                    "redis.call('HSET', ARGV[1] .. 'batch:one', 'epoch', '0', 'state', 'leased', 'owner', 'me')", "");
            queue.eval("redis.call('HINCRBY', ARGV[1] .. 'batch:one', 'epoch', 1)", "");
            queue.eval("redis.call('RPUSH', ARGV[1] .. 'copied', 'one')", "2");
            assertThat(breaches(judge)).contains("leased by me").contains("epoch 2, but leased in epoch 1");
        }
    }

    private static String breaches(Guarantee judge) throws SQLException {
        Verdict verdict = new Verdict();
        judge.judge(verdict);
        return String.join("\n", verdict.breaches());
    }

    private static void put(EmulatedMigration migration, String content) {
        Bucket.target(migration).put("avatar/1", content);
    }

    private static void asMigrator(EmulatedMigration migration, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        migration.servers().database().jdbcUrl(migration.name()),
                        EmulatedMigration.USER,
                        EmulatedMigration.PASSWORD);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
