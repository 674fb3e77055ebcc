package dev.rehome.common.catalog;

import dev.rehome.common.Remains;
import java.util.List;

/**
 * A producer's view of the database: the table whose references are migrated, and the ledger. Its lock, its reference
 * update and its manifest loader share one connection. Safe for use by several threads.
 */
public interface ProducerCatalog extends Ledger {
    /** Checks the table and our rights; changes nothing. */
    Inspection inspect();

    /** The manifest that is loaded, and its loader. */
    ManifestLoader manifest();

    /**
     * The records that were migrated. Reads the tables' definitions at once.
     *
     * @throws dev.rehome.common.Rejected when this migration has no ledger here, or the table's key has changed since
     */
    MigratedRecords migrated();

    /**
     * The way back; it runs on the connection of the producer's {@link LeaderLock}. Reads the tables' definitions at once.
     *
     * @throws dev.rehome.common.Rejected when this migration has no ledger here, or the table's key has changed since
     */
    ReferenceRollback rollback();

    /** The ledger's tables. */
    Remains remains();

    /** The load of the database server. */
    ServerLoad load();

    /**
     * A heartbeat for the replicas at these addresses; connects at its first use, with the primary's credentials.
     *
     * @param writer identifies this start of the producer, in at most 64 ASCII characters
     */
    ReplicaHeartbeat heartbeat(List<ServerAddress> replicas, String writer);
}
