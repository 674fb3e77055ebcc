package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All guarantees of one migration. */
public final class Guarantees implements AutoCloseable {
    private final EmulatedMigration migration;
    private final CommittedUpdates updates;
    private final List<Guarantee> all;

    /** Starts watching a seeded migration. */
    public Guarantees(EmulatedMigration migration) {
        this(migration, true);
    }

    private Guarantees(EmulatedMigration migration, boolean consistentQueue) {
        this.migration = migration;
        this.updates = new CommittedUpdates(migration);
        List<Guarantee> made = new ArrayList<>(List.of(
                new EveryReferenceHolds(migration),
                new NoApplicationWriteLost(migration),
                new OtherColumnsUntouched(migration),
                new SourceUntouched(migration),
                new NothingOverwritten(migration),
                new OnlyTheLeaderUpdates(updates),
                new EveryLegacyRowReported(migration),
                new OnlyTheOwnerCompletes(migration)));
        if (consistentQueue) {
            made.add(new EveryBatchInOnePlace(migration));
        }
        this.all = List.copyOf(made);
    }

    /** All but {@link EveryBatchInOnePlace}, for a test that damages the queue itself. */
    public static Guarantees withDamagedQueue(EmulatedMigration migration) {
        return new Guarantees(migration, false);
    }

    /** Waits for a producer to end with an exit code, and judges as {@link #hold(int)} does. */
    public void hold(MigrationProgram producer, int exitCode) throws SQLException {
        int code = producer.exitCode(Await.RUN);
        if (code != exitCode) {
            throw new AssertionError("the producer ended with exit code " + code + ", expected " + exitCode
                    + "; its log ends with\n" + producer.tail());
        }
        hold(exitCode);
    }

    /** Judges a migration that ended with an exit code, and again after a second run. */
    public void hold(int exitCode) throws SQLException {
        judge();
        Verdict verdict = new Verdict();
        judgeWithSecondRun(exitCode, Await.RUN, verdict);
        fail(verdict);
    }

    /**
     * Judges the current state.
     *
     * @throws AssertionError with the breaches
     */
    public void judge() throws SQLException {
        Verdict verdict = new Verdict();
        judge(verdict);
        fail(verdict);
    }

    /** Runs the migration once more, which must change nothing and end with the same exit code, and judges again. */
    public void judgeWithSecondRun(int exitCode, Duration atMost, Verdict verdict) throws SQLException {
        new SecondRunDoesNothing(migration, updates, exitCode, atMost).judgeAndReport(verdict);
        judge(verdict);
    }

    private void judge(Verdict verdict) throws SQLException {
        for (Guarantee each : all) {
            each.judgeAndReport(verdict);
        }
    }

    private static void fail(Verdict verdict) {
        if (!verdict.holds()) {
            throw new AssertionError("breaches:\n" + String.join("\n", verdict.breaches()));
        }
    }

    @Override
    public void close() {
        AssertionError failed = null;
        for (Guarantee each : all) {
            try {
                each.close();
            } catch (AssertionError failure) {
                if (failed == null) {
                    failed = failure;
                } else {
                    failed.addSuppressed(failure);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
