package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.CatalogOracle.Row;
import dev.rehome.common.Draw;
import java.util.ArrayList;
import java.util.List;

/** The live application on a drawn table: what it writes, it writes into table and oracle. */
final class AnyApplication {
    private final AppSchema schema;
    private final AnyTable table;
    private final AnyMove move;
    private final CatalogOracle oracle;
    private final Draw draw;
    private int next = 1;

    AnyApplication(AppSchema schema, AnyTable table, AnyMove move, CatalogOracle oracle, Draw draw) {
        this.schema = schema;
        this.table = table;
        this.move = move;
        this.oracle = oracle;
        this.draw = draw;
    }

    /** A new row, now and then with a value that another has. */
    void inserts() {
        boolean twin = draw.chance(25) && !oracle.rows().isEmpty();
        insert(
                table.key().of(next, draw),
                twin ? oracle.rows().get(anyRow()).value() : move.value(draw, table.column()));
    }

    private void insert(List<Object> key, String value) {
        List<Object> parameters = new ArrayList<>(key);
        parameters.add(next);
        parameters.add(sent(value));
        schema.execute(table.insert(), parameters.toArray());
        oracle.rows().put(next, new Row(key, value));
        next++;
    }

    /** Any change of any row. */
    void changes() {
        if (oracle.rows().isEmpty() || draw.chance(10)) {
            inserts();
            return;
        }
        int number = anyRow();
        Row row = oracle.rows().get(number);
        String value = row.value() == null ? "" : row.value();
        switch (draw.between(1, 9)) {
            case 1 -> set(number, otherCase(value));
            case 2 -> set(number, value + " ");
            case 3 -> set(number, value.replaceAll(" $", ""));
            case 4 -> set(number, move.value(draw, table.column()));
            case 5 -> set(number, move.isLegacy(value) ? move.moved(value) : value);
            case 6 -> set(number, value.replace("e\u0301", "\u00e9").replace("a", "\u00e4"));
            case 7 -> delete(number);
            case 8 -> {
                delete(number);
                insert(row.key(), draw.chance(50) ? row.value() : move.value(draw, table.column()));
            }
            default -> {
                delete(number);
                insert(table.key().of(next, draw), row.value());
            }
        }
    }

    private int anyRow() {
        return draw.of(List.copyOf(oracle.rows().keySet()));
    }

    private static String otherCase(String value) {
        return value.codePoints()
                .map(point ->
                        Character.isUpperCase(point) ? Character.toLowerCase(point) : Character.toUpperCase(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void set(int number, String value) {
        if (table.column().knows(value) && table.column().hasRoom(value)) {
            schema.execute(table.update(), sent(value), number);
            oracle.rows()
                    .put(
                            number,
                            new Row(
                                    oracle.rows().get(number).key(),
                                    table.column().stored(value)));
        }
    }

    private void delete(int number) {
        schema.execute(table.delete(), number);
        oracle.rows().remove(number);
    }

    private Object sent(String value) {
        return table.column().isBinary() && value != null
                ? value.getBytes(java.nio.charset.StandardCharsets.UTF_8)
                : value;
    }
}
