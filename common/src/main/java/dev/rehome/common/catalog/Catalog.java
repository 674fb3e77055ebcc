package dev.rehome.common.catalog;

import dev.rehome.common.Rejected;
import java.util.List;
import java.util.Optional;

/** One database with the catalog and the mapping table: hands out the contracts. Safe for use by several threads. */
public interface Catalog extends AutoCloseable {
    /** Looks at the table and at our rights; changes nothing. */
    Inspection inspect();

    /**
     * Creates the mapping table and its companions where they are missing.
     *
     * @throws Rejected when a table of that name is another's, or was made for a migration with other settings
     */
    void prepare(TableProfile profile);

    /** Reads the records that are to be moved. */
    RecordScanner scanner(TableProfile profile);

    /** Reads all that the column holds. */
    LocationScanner locations(TableProfile profile);

    /** What the column can hold. */
    ColumnCapacity fit(TableProfile profile);

    /** The identity of the manifest that is loaded whole; empty when there is none. */
    Optional<String> loadedManifest();

    /** The connection that may change the catalog; opened at its first use. */
    CatalogWriter session(TableProfile profile);

    /** The consumers' view; the table's shape is read at the first use, and waited for. */
    MappingTable mappings();

    /**
     * What was migrated. Looks at the tables at once.
     *
     * @throws Rejected when there is no mapping table of this very migration, or the catalog's key is not the one
     *     that it was made for
     */
    MigratedRecords migrated();

    /** The runs. */
    RunLedger runs();

    /** How busy the server is. */
    ServerLoad load();

    /**
     * A heartbeat for the replicas at these addresses, which are reached as the primary is; connects at its first use.
     *
     * @param writer names this start of the producer, in at most 64 characters of ASCII
     */
    ReplicaHeartbeat heartbeat(List<ServerAddress> replicas, String writer);

    /** The bulk update as SQL, for people to read before they run it. */
    String updateStatement(TableProfile profile);

    @Override
    void close();
}
