package dev.rehome.emulation.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.Patience;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All guarantees of one migration. */
public final class Guarantees implements AutoCloseable {
    private final MigrationStage stage;
    private final CommittedUpdates updates;
    private final List<Guarantee> all;

    /** Begins to watch a seeded stage. */
    public Guarantees(MigrationStage stage) {
        this(stage, true);
    }

    private Guarantees(MigrationStage stage, boolean orderlyQueue) {
        this.stage = stage;
        this.updates = new CommittedUpdates(stage);
        List<Guarantee> made = new ArrayList<>(List.of(
                new EveryReferenceHolds(stage),
                new NoApplicationWriteLost(stage),
                new OtherColumnsUntouched(stage),
                new SourceUntouched(stage),
                new NothingOverwritten(stage),
                new UpdatesByTheLocksHolder(updates),
                new EveryLeftoverReported(stage),
                new CompletesByTheOwner(stage)));
        if (orderlyQueue) {
            made.add(new EveryBatchInOnePlace(stage));
        }
        this.all = List.copyOf(made);
    }

    /** The same for a test that itself puts the queue out of order. */
    public static Guarantees withDisorderlyQueue(MigrationStage stage) {
        return new Guarantees(stage, false);
    }

    /** Waits for a producer to end with an exit code and judges as {@link #hold(int)} does. */
    public void hold(MigrationProcess producer, int exitCode) throws SQLException {
        assertThat(producer.exitCode(Patience.RUN)).as(producer.tail()).isEqualTo(exitCode);
        hold(exitCode);
    }

    /** Judges a migration that ended with an exit code: once as it is, and again after a second run. */
    public void hold(int exitCode) throws SQLException {
        judge();
        Verdict verdict = new Verdict();
        new SecondRunDoesNothing(stage, updates, exitCode).judge(verdict);
        assertThat(verdict.lines()).as("breaches").isEmpty();
        judge();
    }

    /** Judges what is there. */
    public void judge() throws SQLException {
        Verdict verdict = new Verdict();
        for (Guarantee each : all) {
            each.judge(verdict);
        }
        assertThat(verdict.lines()).as("breaches").isEmpty();
    }

    @Override
    public void close() {
        AssertionError failed = null;
        for (Guarantee each : all) {
            try {
                each.close();
            } catch (AssertionError failure) {
                failed = failure;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
