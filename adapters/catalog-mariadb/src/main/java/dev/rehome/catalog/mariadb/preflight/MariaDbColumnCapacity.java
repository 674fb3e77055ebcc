package dev.rehome.catalog.mariadb.preflight;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationColumn;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.SqlFragment;
import dev.rehome.common.catalog.ColumnCapacity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Checks values against the column's length, and against its character set with the server's own conversion. */
public record MariaDbColumnCapacity(JdbcRunner jdbc, LocationColumn column) implements ColumnCapacity {
    /** Character sets that hold all of Unicode. */
    private static final Set<String> UNICODE = Set.of("utf8mb4", "utf16", "utf16le", "utf32");
    /** Characters that every character set holds, also the seven-bit national ones. */
    private static final Pattern INVARIANT = Pattern.compile("[A-Za-z0-9/._-]*");

    @Override
    public boolean isTooLong(String location) {
        return new LocationSql(column).roomFor(location) > column.maxCharacters();
    }

    @Override
    public List<Integer> unwritable(List<String> texts) {
        List<Integer> doubtful = column.isBinary() || UNICODE.contains(column.charset())
                ? List.of()
                : IntStream.range(0, texts.size())
                        .filter(i -> !INVARIANT.matcher(texts.get(i)).matches())
                        .boxed()
                        .toList();
        return doubtful.isEmpty()
                ? List.of()
                : jdbc.run("trying the column's character set", connection -> lost(connection, texts, doubtful));
    }

    /** Those of the places whose texts don't survive the conversion to the column's character set. */
    private List<Integer> lost(Connection connection, List<String> texts, List<Integer> places) throws SQLException {
        // A character set can't be a parameter; this one is from information_schema.
        String survives = "CONVERT(CONVERT(:text USING " + column.charset()
                + ") USING utf8mb4) = CONVERT(:text USING utf8mb4) COLLATE utf8mb4_nopad_bin";
        List<SqlFragment> tests = places.stream()
                .map(place -> sql("SELECT :place AS place, " + survives + " AS survives")
                        .with("place", place)
                        .with("text", texts.get(place)))
                .toList();
        SqlFragment query = sql("SELECT place FROM (:rows) t WHERE NOT survives ORDER BY place");
        List<Integer> lost = new ArrayList<>();
        for (SqlFragment statement : JdbcRunner.statements(connection, query, " UNION ALL ", tests)) {
            lost.addAll(JdbcRunner.list(connection, statement, row -> row.getInt("place")));
        }
        return lost;
    }
}
