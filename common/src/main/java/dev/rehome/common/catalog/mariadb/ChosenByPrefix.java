package dev.rehome.common.catalog.mariadb;

import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.KeyMapping;
import dev.rehome.common.batch.RecordKey;
import dev.rehome.common.batch.SourceRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Rows whose location lies in the legacy folder. */
record ChosenByPrefix(LocationSql location, KeyMapping keys) implements Chosen {
    @Override
    public String join() {
        return "";
    }

    @Override
    public String condition() {
        return location.exact("t") + " LIKE ? ESCAPE '|'";
    }

    @Override
    public int bind(PreparedStatement statement, int from) throws SQLException {
        statement.setObject(from, location.parameter(LocationSql.startsWith(keys.legacy())));
        return from + 1;
    }

    @Override
    public String columns() {
        return "";
    }

    @Override
    public String tooLong() {
        return "CHAR_LENGTH(" + location.in("t") + ") > " + longestThatFits(keys, location);
    }

    /** The longest legacy value, in characters, whose new value the column holds. */
    static long longestThatFits(KeyMapping keys, LocationSql location) {
        if (keys.layout() == KeyLayout.FLATTEN) {
            return Long.MAX_VALUE;
        }
        return location.column().maxCharacters() - location.length(keys.target()) + location.length(keys.legacy());
    }

    @Override
    public Optional<SourceRecord> record(RecordKey key, String value, ResultSet row, int from) {
        return keys.isLegacy(value) ? Optional.of(new SourceRecord(key, value)) : Optional.empty();
    }
}
