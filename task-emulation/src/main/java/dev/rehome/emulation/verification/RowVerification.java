package dev.rehome.emulation.verification;

import dev.rehome.emulation.seeding.SampleRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;

/** Reads every row back. */
public final class RowVerification {
    private static final Duration SLOWEST_QUERY = Duration.ofMinutes(10);

    private final Connection connection;
    private final String mappingTable;

    public RowVerification(Connection connection, String mappingTable) {
        this.connection = connection;
        this.mappingTable = mappingTable;
    }

    /** Judges all rows, and the failures that report missing objects. */
    public void judge(int rows, Verdict verdict) throws SQLException {
        long migrated = 0;
        long untouched = 0;
        long next = 1;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(1_000);
            try (ResultSet row = statement.executeQuery("SELECT id, name, avatar_key, updated_at ="
                    + " '2020-01-01 00:00:00' FROM `user profile` ORDER BY id")) {
                while (row.next()) {
                    long id = row.getLong(1);
                    SampleRow sample = SampleRow.of(id);
                    for (; next < id; next++) {
                        verdict.breach("row " + next + " is missing");
                    }
                    next++;
                    if (!Objects.equals(row.getString(3), sample.expectedLocation())) {
                        verdict.breach("row " + id + " (" + sample.kind() + ") holds '" + row.getString(3)
                                + "', expected '" + sample.expectedLocation() + "'");
                    } else if (sample.kind() == SampleRow.Kind.LEGACY) {
                        migrated++;
                    } else {
                        untouched++;
                    }
                    if (!row.getString(2).equals("user " + id) || !row.getBoolean(4)) {
                        verdict.breach("row " + id + ": a column other than the location was changed");
                    }
                }
            }
        }
        if (next != rows + 1L) {
            verdict.breach("the last row is " + (next - 1) + ", expected " + rows);
        }
        verdict.fact(
                String.format("%,d migrated rows hold their new key, %,d others are untouched", migrated, untouched));
        missing(rows, verdict);
    }

    private void missing(int rows, Verdict verdict) throws SQLException {
        long expected = 0;
        for (long id = 1; id <= rows; id++) {
            expected += SampleRow.of(id).kind() == SampleRow.Kind.MISSING ? 1 : 0;
        }
        long reported = 0;
        // The table has no index on the outcome: with ten million rows, the first result arrives after a minute.
        connection.setNetworkTimeout(Runnable::run, (int) SLOWEST_QUERY.toMillis());
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT DISTINCT k1, old_location, code FROM " + mappingTable + " WHERE outcome = 'FAILED'")) {
            while (row.next()) {
                SampleRow sample = SampleRow.of(row.getLong(1));
                if (sample.kind() != SampleRow.Kind.MISSING
                        || !row.getString(2).equals(sample.location())
                        || !row.getString(3).equals("NOT_FOUND")) {
                    verdict.breach("row " + sample.id() + " (" + sample.kind() + ") is reported as failed: "
                            + row.getString(3) + " " + row.getString(2));
                }
                reported++;
            }
        }
        if (reported != expected) {
            verdict.breach(reported + " missing objects are reported, expected " + expected);
        } else {
            verdict.fact(String.format("%,d missing objects are reported with their key", reported));
        }
    }
}
