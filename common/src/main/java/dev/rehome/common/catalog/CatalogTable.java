package dev.rehome.common.catalog;

/** The table whose references are migrated, as the preflight found it. Safe for use by several threads. */
public interface CatalogTable {
    /**
     * Creates the ledger's tables where they are missing.
     *
     * @throws dev.rehome.common.Rejected when they belong to another program, or to a migration with other settings
     */
    void prepare();

    /** The records to be migrated. */
    WorkSource work();

    /** Reads all values of the column. */
    LocationScanner locations();

    /** Looks up which locations rows hold. */
    ReferenceLookup references();

    /** Some rows, for estimates. */
    RowSampler sampler();

    /** How the database would find the rows of a batch; changes nothing. */
    RowSampler.UpdatePlan updatePlan();

    /** The values that the column can hold. */
    ColumnCapacity capacity();

    /** The update of the column; it runs on the connection of the producer's {@link LeaderLock}. */
    ReferenceUpdate update();
}
