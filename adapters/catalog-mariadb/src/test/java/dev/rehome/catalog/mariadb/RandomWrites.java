package dev.rehome.catalog.mariadb;

import dev.rehome.catalog.mariadb.ExpectedCatalog.Row;
import dev.rehome.common.Draw;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The live application of a random table: makes random writes to the table and to its model. */
final class RandomWrites {
    private final AppSchema schema;
    private final RandomTable table;
    private final RandomPrefixes prefixes;
    private final ExpectedCatalog model;
    private final Draw draw;
    private int next = 1;

    RandomWrites(AppSchema schema, RandomTable table, RandomPrefixes prefixes, ExpectedCatalog model, Draw draw) {
        this.schema = schema;
        this.table = table;
        this.prefixes = prefixes;
        this.model = model;
        this.draw = draw;
    }

    /** Inserts a row, sometimes with the value of another. */
    void insert() {
        boolean twin = draw.chance(25) && !model.rows().isEmpty();
        insert(
                table.key().partsOf(next, draw),
                twin ? model.rows().get(anyRow()).value() : prefixes.value(draw, table.column()));
    }

    private void insert(List<Object> key, String value) {
        List<Object> parameters = new ArrayList<>(key);
        parameters.add(next);
        parameters.add(sent(value));
        schema.execute(table.insert(), parameters.toArray());
        model.rows().put(next, new Row(key, value));
        next++;
    }

    /** Changes a random row in a random way. */
    void change() {
        if (model.rows().isEmpty() || draw.chance(10)) {
            insert();
            return;
        }
        int number = anyRow();
        Row row = model.rows().get(number);
        String value = row.value() == null ? "" : row.value();
        switch (draw.between(1, 9)) {
            case 1 -> set(number, otherCase(value));
            case 2 -> set(number, value + " ");
            case 3 -> set(number, value.replaceAll(" $", ""));
            case 4 -> set(number, prefixes.value(draw, table.column()));
            case 5 -> set(number, prefixes.isLegacy(value) ? prefixes.targetOf(value) : value);
            case 6 -> set(number, value.replace("e\u0301", "\u00e9").replace("a", "\u00e4"));
            case 7 -> delete(number);
            case 8 -> {
                delete(number);
                insert(row.key(), draw.chance(50) ? row.value() : prefixes.value(draw, table.column()));
            }
            default -> {
                delete(number);
                insert(table.key().partsOf(next, draw), row.value());
            }
        }
    }

    private int anyRow() {
        return draw.of(List.copyOf(model.rows().keySet()));
    }

    private static String otherCase(String value) {
        return value.codePoints()
                .map(point ->
                        Character.isUpperCase(point) ? Character.toLowerCase(point) : Character.toUpperCase(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void set(int number, String value) {
        if (table.column().canEncode(value) && table.column().hasRoom(value)) {
            schema.execute(table.update(), sent(value), number);
            model.rows()
                    .put(
                            number,
                            new Row(
                                    model.rows().get(number).key(),
                                    table.column().stored(value)));
        }
    }

    private void delete(int number) {
        schema.execute(table.delete(), number);
        model.rows().remove(number);
    }

    private Object sent(String value) {
        return table.column().isBinary() && value != null ? value.getBytes(StandardCharsets.UTF_8) : value;
    }
}
