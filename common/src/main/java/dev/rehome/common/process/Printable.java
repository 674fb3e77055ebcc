package dev.rehome.common.process;

/**
 * Text from outside, such as an object key, for a terminal. Whoever names an object could otherwise forge lines of a report, or
 * send escape sequences to the terminal of whoever reads it.
 */
public final class Printable {
    private Printable() {}

    /** The text with an escape such as {@code \\u001b} for each control character. */
    public static String of(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder printable = new StringBuilder();
        text.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                printable.append(String.format("\\u%04x", c));
            } else {
                printable.append((char) c);
            }
        });
        return printable.toString();
    }
}
