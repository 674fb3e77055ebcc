package dev.rehome.catalog.mariadb.sql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of SQL with named holes, {@code :like_this}, and what fills them. Immutable.
 *
 * <p>A fragment in a hole becomes part of the statement, together with its own parameters; its names don't meet those of
 * the statement around it. A {@link TableName} becomes the quoted name. Every other value becomes a parameter of the
 * prepared statement, so no text from outside is ever parsed as SQL. Colons in quotes are left alone.
 *
 * @param text SQL; a hole may occur several times
 * @param parameters what fills each hole; null values are NULL
 */
public record SqlFragment(String text, Map<String, Object> parameters) {
    /** Quoted text, which is skipped, or a hole. */
    private static final Pattern HOLE = Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`|:([A-Za-z]\\w*)");

    /** A number, a date, an id, or the quotes and the introducer of a string. */
    private static final long MAX_LITERAL = 40;

    /** No SQL at all. */
    public static final SqlFragment EMPTY = sql("");

    public SqlFragment {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** SQL whose holes are still to be filled. */
    public static SqlFragment sql(String text) {
        return new SqlFragment(text, Map.of());
    }

    /** A quoted column, index or schema. MariaDB: a backtick inside is doubled. */
    public static SqlFragment name(String identifier) {
        return sql(quoted(identifier));
    }

    /** Fragments one after another; {@link #EMPTY} for none. */
    public static SqlFragment join(String separator, List<SqlFragment> parts) {
        StringBuilder text = new StringBuilder();
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (SqlFragment part : parts) {
            String hole = "part" + parameters.size();
            text.append(parameters.isEmpty() ? "" : separator).append(':').append(hole);
            parameters.put(hole, part);
        }
        return new SqlFragment(text.toString(), parameters);
    }

    /** The same with a hole filled, in every place where it occurs. */
    public SqlFragment with(String hole, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(parameters);
        more.put(hole, value);
        return new SqlFragment(text, more);
    }

    /**
     * The statement for JDBC, with a {@code ?} for each value.
     *
     * @throws IllegalStateException when a hole is left open, or a parameter has no hole
     */
    public String statement() {
        StringBuilder statement = new StringBuilder();
        render(statement, new ArrayList<>());
        return statement.toString();
    }

    /** The values in the order of the statement's question marks; null for NULL. */
    public List<Object> values() {
        List<Object> values = new ArrayList<>();
        render(new StringBuilder(), values);
        return values;
    }

    /** The most bytes that the statement can take on the wire, where the driver quotes and escapes its values. */
    long maxBytes() {
        StringBuilder statement = new StringBuilder();
        List<Object> values = new ArrayList<>();
        render(statement, values);
        return utf8Bytes(statement.toString())
                + values.stream().mapToLong(SqlFragment::maxBytes).sum();
    }

    private static long maxBytes(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(SqlFragment::maxBytes).orElse(0L) + MAX_LITERAL;
        }
        long bytes = value instanceof String text
                ? utf8Bytes(text)
                : value instanceof byte[] array ? array.length : MAX_LITERAL;
        // Every byte may need an escape.
        return 2 * bytes + MAX_LITERAL;
    }

    private static long utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void render(StringBuilder statement, List<Object> values) {
        Set<String> open = new HashSet<>(parameters.keySet());
        Matcher hole = HOLE.matcher(text);
        int from = 0;
        while (hole.find()) {
            String name = hole.group(1);
            if (name == null) {
                continue;
            }
            if (!parameters.containsKey(name)) {
                throw new IllegalStateException("Nothing fills :" + name + " in " + text);
            }
            open.remove(name);
            statement.append(text, from, hole.start());
            from = hole.end();
            fill(parameters.get(name), statement, values);
        }
        statement.append(text, from, text.length());
        if (!open.isEmpty()) {
            throw new IllegalStateException("There is no hole for " + open + " in " + text);
        }
    }

    private static void fill(Object value, StringBuilder statement, List<Object> values) {
        if (value instanceof SqlFragment fragment) {
            fragment.render(statement, values);
        } else if (value instanceof TableName table) {
            statement.append(quoted(table.schema())).append('.').append(quoted(table.table()));
        } else {
            statement.append('?');
            values.add(value);
        }
    }

    private static String quoted(String identifier) {
        if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("Not an identifier: '" + identifier + "'");
        }
        return "`" + identifier.replace("`", "``") + "`";
    }

    @Override
    public String toString() {
        return statement();
    }
}
