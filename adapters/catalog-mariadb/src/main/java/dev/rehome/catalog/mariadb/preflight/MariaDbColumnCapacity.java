package dev.rehome.catalog.mariadb.preflight;

import dev.rehome.catalog.mariadb.sql.LocationColumn;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.catalog.mariadb.sql.Sql;
import dev.rehome.common.catalog.ColumnCapacity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a column holds, by its length, and by its character set as the server itself converts to it. */
public record MariaDbColumnCapacity(Sql sql, LocationColumn column) implements ColumnCapacity {
    /** Character sets that hold all of Unicode. */
    private static final Set<String> WHOLE = Set.of("utf8mb4", "utf16", "utf16le", "utf32");
    /** What every character set holds, also the seven-bit national ones. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._-]*");
    /** A result may have 4,096 columns. */
    private static final int ASKED = 500;

    @Override
    public boolean isTooLong(String location) {
        return new LocationSql(column).taken(location) > column.maxCharacters();
    }

    @Override
    public List<Integer> unwritable(List<String> texts) {
        List<Integer> places = new ArrayList<>();
        if (!column.isBinary() && !WHOLE.contains(column.charset())) {
            for (int i = 0; i < texts.size(); i++) {
                if (!PLAIN.matcher(texts.get(i)).matches()) {
                    places.add(i);
                }
            }
        }
        List<Integer> unwritable = new ArrayList<>();
        for (int from = 0; from < places.size(); from += ASKED) {
            ask(texts, places.subList(from, Math.min(from + ASKED, places.size())), unwritable);
        }
        return unwritable;
    }

    private void ask(List<String> texts, List<Integer> places, List<Integer> unwritable) {
        // The name comes from information_schema, not from a user; a charset can't be a parameter.
        String holds = "CONVERT(CONVERT(? USING " + column.charset()
                + ") USING utf8mb4) = CONVERT(? USING utf8mb4) COLLATE utf8mb4_nopad_bin";
        sql.first(
                "trying the column's character set",
                "SELECT " + String.join(", ", Collections.nCopies(places.size(), holds)),
                statement -> {
                    for (int i = 0; i < places.size(); i++) {
                        statement.setString(2 * i + 1, texts.get(places.get(i)));
                        statement.setString(2 * i + 2, texts.get(places.get(i)));
                    }
                },
                row -> {
                    for (int i = 0; i < places.size(); i++) {
                        if (!row.getBoolean(i + 1)) {
                            unwritable.add(places.get(i));
                        }
                    }
                    return true;
                });
    }
}
