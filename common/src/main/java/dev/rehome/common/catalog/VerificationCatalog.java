package dev.rehome.common.catalog;

/** The view of the database that verification uses. Safe for use by several threads. */
public interface VerificationCatalog extends AutoCloseable {
    /**
     * The records that were migrated. Reads the tables' definitions at once.
     *
     * @throws dev.rehome.common.Rejected when this migration has no ledger here, or the table's key has changed since
     */
    MigratedRecords migrated();

    /** The runs. */
    RunLedger runs();

    /** The totals of finished batches. */
    BatchLedger batches();

    @Override
    void close();
}
