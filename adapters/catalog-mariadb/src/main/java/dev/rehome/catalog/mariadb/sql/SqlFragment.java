package dev.rehome.catalog.mariadb.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A piece of SQL with named holes, {@code :like_this}, and what fills them. Immutable.
 *
 * <p>A fragment in a hole becomes part of the statement, together with its own parameters; its names don't meet those of
 * the statement around it. A {@link TableName} becomes the quoted name. Every other value becomes a parameter of the
 * prepared statement, so no text from outside is ever parsed as SQL. Colons in quotes are left alone.
 *
 * <p>A text is parsed once and kept: an insert has a row, and so a fragment, for each of its thousand records.
 */
public final class SqlFragment {
    /** Quoted text, which is skipped, or a hole. */
    private static final Pattern HOLE = Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`|:([A-Za-z]\\w*)");

    /** A number, a date, an id, or the quotes and the introducer of a string. */
    private static final long MAX_LITERAL = 40;

    /** Marks a hole that isn't filled yet. */
    private static final Object OPEN = new Object();

    /** The parsed texts of the program. */
    private static final Map<String, Template> TEMPLATES = new ConcurrentHashMap<>();

    /** No SQL at all. */
    public static final SqlFragment EMPTY = sql("");

    /** A condition that every row meets. */
    public static final SqlFragment TRUE = sql("TRUE");

    private final Template template;
    private final Object[] values;

    /**
     * A text taken apart at its holes: a literal, a hole, a literal, and so on.
     *
     * @param text the text, for messages
     * @param literals one more than holes
     * @param holes the position in {@code names} of each hole
     * @param names the different names of the holes
     */
    private record Template(String text, List<String> literals, List<Integer> holes, List<String> names) {
        static Template parse(String text) {
            List<String> literals = new ArrayList<>();
            List<Integer> holes = new ArrayList<>();
            List<String> names = new ArrayList<>();
            Matcher hole = HOLE.matcher(text);
            int from = 0;
            while (hole.find()) {
                String name = hole.group(1);
                if (name == null) {
                    continue;
                }
                if (!names.contains(name)) {
                    names.add(name);
                }
                holes.add(names.indexOf(name));
                literals.add(text.substring(from, hole.start()));
                from = hole.end();
            }
            literals.add(text.substring(from));
            return new Template(text, List.copyOf(literals), List.copyOf(holes), List.copyOf(names));
        }
    }

    /**
     * A statement for JDBC.
     *
     * @param statement SQL with a {@code ?} for each value
     * @param values in the order of the question marks; null for NULL
     */
    record Rendered(String statement, List<Object> values) {}

    private SqlFragment(Template template, Object[] values) {
        this.template = template;
        this.values = values;
    }

    /** SQL whose holes are still to be filled. The texts must be few: each is kept. */
    public static SqlFragment sql(String text) {
        Template template = TEMPLATES.computeIfAbsent(text, Template::parse);
        Object[] open = new Object[template.names.size()];
        Arrays.fill(open, OPEN);
        return new SqlFragment(template, open);
    }

    /** A quoted column, index or schema. MariaDB: a backtick inside is doubled. */
    public static SqlFragment name(String identifier) {
        String quoted = quoted(identifier);
        return new SqlFragment(new Template(quoted, List.of(quoted), List.of(), List.of()), new Object[0]);
    }

    /** Fragments one after another; {@link #EMPTY} for none. */
    public static SqlFragment join(String separator, List<SqlFragment> parts) {
        if (parts.isEmpty()) {
            return EMPTY;
        }
        List<String> literals = new ArrayList<>(Collections.nCopies(parts.size(), separator));
        literals.set(0, "");
        literals.add("");
        List<Integer> holes = IntStream.range(0, parts.size()).boxed().toList();
        return new SqlFragment(new Template("fragments", literals, holes, List.of()), parts.toArray());
    }

    /** A fragment for each item, one after another. */
    public static <T> SqlFragment join(String separator, Collection<T> items, Function<T, SqlFragment> piece) {
        return join(separator, items.stream().map(piece).toList());
    }

    /** A fragment for each number from 0 to below {@code count}, one after another. */
    public static SqlFragment join(String separator, int count, IntFunction<SqlFragment> piece) {
        return join(separator, IntStream.range(0, count).mapToObj(piece).toList());
    }

    /** Parameters with commas between them; null for NULL. */
    public static SqlFragment parameters(List<Object> values) {
        return join(", ", values, value -> sql(":value").with("value", value));
    }

    /**
     * The same with a hole filled, in every place where it occurs.
     *
     * @param value a fragment, a {@link TableName}, or a parameter; null is NULL
     * @throws IllegalStateException when the text has no hole of this name
     */
    public SqlFragment with(String hole, Object value) {
        int index = template.names.indexOf(hole);
        if (index < 0) {
            throw new IllegalStateException("Expected a hole :" + hole + " in " + template.text);
        }
        Object[] more = values.clone();
        more[index] = value;
        return new SqlFragment(template, more);
    }

    /** The same with every hole filled that is named in the map; the text needn't have them all. */
    public SqlFragment withThoseOf(Map<String, ?> filled) {
        Object[] more = values.clone();
        filled.forEach((hole, value) -> {
            int index = template.names.indexOf(hole);
            if (index >= 0) {
                more[index] = value;
            }
        });
        return new SqlFragment(template, more);
    }

    /**
     * The statement for JDBC and its values.
     *
     * @throws IllegalStateException when a hole is left open
     */
    Rendered rendered() {
        StringBuilder statement = new StringBuilder();
        List<Object> parameters = new ArrayList<>();
        render(statement, parameters);
        return new Rendered(statement.toString(), parameters);
    }

    /** The statement for JDBC, with a {@code ?} for each value; fails as {@link #rendered} does. */
    public String statement() {
        return rendered().statement();
    }

    /** The values in the order of the statement's question marks; null for NULL. */
    public List<Object> values() {
        return rendered().values();
    }

    /** The most bytes that the statement can take on the wire, where the driver quotes and escapes its values. */
    long maxBytes() {
        Rendered all = rendered();
        return utf8Bytes(all.statement)
                + all.values.stream().mapToLong(SqlFragment::maxBytes).sum();
    }

    /** The most bytes that a value can take on the wire. */
    static long maxBytes(Object value) {
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
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Two surrogates are four bytes together.
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    private void render(StringBuilder statement, List<Object> parameters) {
        for (int i = 0; i < template.holes.size(); i++) {
            statement.append(template.literals.get(i));
            int hole = template.holes.get(i);
            if (values[hole] == OPEN) {
                throw new IllegalStateException(
                        "Expected a value for :" + template.names.get(hole) + " in " + template.text);
            }
            fill(values[hole], statement, parameters);
        }
        statement.append(template.literals.get(template.holes.size()));
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
            throw new IllegalArgumentException(
                    "Expected an identifier without NUL characters, got '" + identifier + "'");
        }
        return "`" + identifier.replace("`", "``") + "`";
    }

    @Override
    public String toString() {
        return statement();
    }
}
