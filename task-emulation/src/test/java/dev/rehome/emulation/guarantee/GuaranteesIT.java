package dev.rehome.emulation.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.OnStage;
import dev.rehome.emulation.stage.Patience;
import dev.rehome.emulation.stage.Queue;
import dev.rehome.emulation.verification.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** The judges see what they are there for: without a migrator, the test itself commits each breach. */
@ExtendWith(OnStage.class)
final class GuaranteesIT {
    private static final String UPDATE = "UPDATE `user profile` SET avatar_key = '%s' WHERE id = %d";

    @Test
    void updateWithoutTheLockIsSeen(MigrationStage stage) throws SQLException {
        stage.seed(20);
        UpdatesByTheLocksHolder judge = new UpdatesByTheLocksHolder(new CommittedUpdates(stage));
        asMigrator(stage, UPDATE.formatted(SampleRow.of(1).expectedLocation(), 1));
        assertThat(breaches(judge)).contains("row 1 was updated by connection").contains("lock was held by 0");
    }

    @Test
    void updateToAnotherKeyIsSeenEvenWithTheLock(MigrationStage stage) throws SQLException {
        stage.seed(20);
        UpdatesByTheLocksHolder judge = new UpdatesByTheLocksHolder(new CommittedUpdates(stage));
        String lock = "DO GET_LOCK(CONCAT('rehome:', LEFT(SHA2('" + stage.name() + ".rehome_mapping', 256), 40)), 0)";
        asMigrator(stage, lock, UPDATE.formatted("avatar/x", 1), UPDATE.formatted("avatar/x", 2));
        assertThat(breaches(judge)).contains("both became 'avatar/x'").doesNotContain("lock was held");
    }

    @Test
    void overwrittenTargetIsSeen(MigrationStage stage) throws SQLException {
        put(stage, "one");
        NothingOverwritten judge = new NothingOverwritten(stage);
        assertThat(breaches(judge)).isEmpty();
        put(stage, "other");
        assertThat(breaches(judge)).contains("the object avatar/1 was");
    }

    @Test
    void batchInTwoPlacesIsSeen(MigrationStage stage) throws SQLException {
        try (EveryBatchInOnePlace judge = new EveryBatchInOnePlace(stage);
                Queue queue = stage.queue()) {
            assertThat(breaches(judge)).isEmpty();
            queue.eval("""
                    redis.call('SADD', ARGV[1] .. 'open', 'one')
                    redis.call('RPUSH', ARGV[1] .. 'pending', 'one')
                    redis.call('RPUSH', ARGV[1] .. 'copied', 'one')""", "");
            Patience.until(
                    "it is seen", () -> breaches(judge).contains("meanwhile: batch one is open and in pending copied"));
        }
    }

    @Test
    void completionByAnotherThanTheOwnerIsSeen(MigrationStage stage) throws SQLException {
        try (CompletesByTheOwner judge = new CompletesByTheOwner(stage);
                Queue queue = stage.queue()) {
            assertThat(breaches(judge)).isEmpty();
            queue.eval(
                    "redis.call('HSET', ARGV[1] .. 'batch:one', 'epoch', '0', 'state', 'leased', 'owner', 'me')", "");
            queue.eval("redis.call('HINCRBY', ARGV[1] .. 'batch:one', 'epoch', 1)", "");
            queue.eval("redis.call('RPUSH', ARGV[1] .. 'copied', 'one')", "2");
            assertThat(breaches(judge)).contains("held by me").contains("epoch 2, the present one was 1");
        }
    }

    private static String breaches(Guarantee judge) throws SQLException {
        Verdict verdict = new Verdict();
        judge.judge(verdict);
        return String.join("\n", verdict.breaches());
    }

    private static void put(MigrationStage stage, String content) {
        stage.s3()
                .putObject(
                        request -> request.bucket(stage.target()).key("avatar/1"), AsyncRequestBody.fromString(content))
                .join();
    }

    private static void asMigrator(MigrationStage stage, String... statements) throws SQLException {
        try (Connection connection = stage.connectAsMigrator();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
