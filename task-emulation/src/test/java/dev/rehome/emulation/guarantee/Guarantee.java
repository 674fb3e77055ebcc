package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;

/** A property of a migration. Watches from its making on, where that adds to it, and judges once all is quiet. */
public interface Guarantee extends AutoCloseable {
    /** Adds every breach to the verdict. */
    void judge(Verdict verdict) throws SQLException;

    /** Stops watching. */
    @Override
    default void close() {}
}
