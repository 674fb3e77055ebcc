package dev.rehome.catalog.mariadb.apply;

import dev.rehome.catalog.mariadb.sql.TableName;
import java.sql.SQLException;
import java.util.List;

/** Rows hold another value after the update than the one that was written. */
final class AlteredRowsException extends SQLException {
    private static final long serialVersionUID = 1;

    /**
     * A record whose row holds another value.
     *
     * @param record its number in the batch
     * @param message what the row holds
     */
    record Altered(int record, String message) {}

    private final transient List<Altered> records;

    private AlteredRowsException(String message, List<Altered> records) {
        super(message);
        this.records = List.copyOf(records);
    }

    /** Rows of these records. */
    static AlteredRowsException of(List<Altered> records) {
        return new AlteredRowsException(records.get(0).message(), records);
    }

    /** Rows of records that are not known singly. */
    static AlteredRowsException unknown(String message) {
        return new AlteredRowsException(message, List.of());
    }

    /** The records; empty when they aren't known singly. */
    List<Altered> records() {
        return records;
    }

    /** A message for one failed record. */
    static String message(String found, TableName table) {
        return found + ", so the UPDATE was rolled back. A BEFORE UPDATE trigger on " + table
                + " is the likely cause: look with SHOW TRIGGERS as an administrator";
    }
}
