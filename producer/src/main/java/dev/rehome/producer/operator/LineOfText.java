package dev.rehome.producer.operator;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One line of text from an operator, for the log, the status and the list of changes. Control characters are rejected: a line
 * break could forge lines of a log, an escape sequence the output of a terminal.
 */
public final class LineOfText implements ITypeConverter<String> {
    private static final int LONGEST = 500;

    /** What is expected, for messages. */
    public static final String EXPECTED = "a line of text with 1 to " + LONGEST + " characters that isn't blank";

    /** Whether it is one. */
    public static boolean isValid(String text) {
        return !text.isBlank() && text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public String convert(String text) {
        if (!isValid(text)) {
            throw new TypeConversionException("expected " + EXPECTED);
        }
        return text;
    }
}
