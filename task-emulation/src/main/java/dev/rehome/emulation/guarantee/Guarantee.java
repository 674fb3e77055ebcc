package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;

/** A property of a migration. Some watch the migration from their construction on; all judge once it has ended. */
public interface Guarantee extends AutoCloseable {
    /** The property, as a sentence for the report. */
    String property();

    /** Adds every breach to the verdict. */
    void judge(Verdict verdict) throws SQLException;

    /** Judges, and adds the property as a fact if nothing breaches it. */
    default void judgeAndReport(Verdict verdict) throws SQLException {
        Verdict own = new Verdict();
        judge(own);
        own.breaches().forEach(verdict::breach);
        if (own.holds()) {
            verdict.fact(property());
        }
    }

    /** Stops watching. */
    @Override
    default void close() {}
}
