package dev.rehome.producer.operator;

import java.util.List;

/**
 * One record of a CSV file as RFC 4180 defines it: commas, quotes around cells that need them, quotes doubled, CR LF at the
 * end.
 */
final class CsvLine {
    /** A cell that begins with one of these is a formula to a spreadsheet. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    private CsvLine() {}

    /** A record with its line end. */
    static String of(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                line.append(',');
            }
            append(line, cells.get(i));
        }
        return line.append("\r\n").toString();
    }

    /** The same for a spreadsheet: an apostrophe before a cell that would be read as a formula. */
    static String forSpreadsheet(List<String> cells) {
        return of(cells.stream()
                .map(cell -> !cell.isEmpty() && FORMULA_STARTS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell)
                .toList());
    }

    private static void append(StringBuilder line, String cell) {
        boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        if (isPlain) {
            line.append(cell);
        } else {
            line.append('"').append(cell.replace("\"", "\"\"")).append('"');
        }
    }
}
