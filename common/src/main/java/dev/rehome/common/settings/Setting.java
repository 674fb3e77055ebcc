package dev.rehome.common.settings;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One setting: its name, explanation, valid values, default and parser in one place. Immutable.
 *
 * @param name the environment variable
 * @param explanation its purpose, and the effect of a value that is too low or too high, for help and documents
 * @param expected a description of valid values, for messages
 * @param fallback its value when the variable isn't set; empty when it is required
 * @param parser parses a text that isn't empty; throws IllegalArgumentException when it isn't valid
 * @param <T> its type
 */
public record Setting<T>(
        String name, String explanation, String expected, Optional<T> fallback, Function<String, T> parser) {
    /** Describes any text, which needs no mention in the help. */
    static final String ANY_TEXT = "a text that is not empty";

    public Setting {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(explanation, "explanation");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(fallback, "fallback");
        Objects.requireNonNull(parser, "parser");
    }

    /** Any text. */
    public static Builder<String> text(String name, String explanation) {
        return new Builder<>(name, explanation, ANY_TEXT, text -> text);
    }

    /** A text that is masked wherever it is shown. */
    public static Builder<Secret> secret(String name, String explanation) {
        return new Builder<>(name, explanation, ANY_TEXT, Secret::new);
    }

    /** A whole number within bounds, both included. */
    public static Builder<Integer> integer(String name, String explanation, int min, int max) {
        return new Builder<>(name, explanation, "a whole number from " + min + " to " + max, text -> {
            int value = Integer.parseInt(text.trim());
            if (value < min || value > max) {
                throw new IllegalArgumentException();
            }
            return value;
        });
    }

    /** A number of seconds within bounds, both included. */
    public static Builder<Duration> seconds(String name, String explanation, int min, int max) {
        Builder<Integer> number = integer(name, explanation, min, max);
        return new Builder<>(
                name,
                explanation,
                "seconds, " + number.expected(),
                text -> Duration.ofSeconds(number.parser().apply(text)));
    }

    /** A number of seconds that may have up to three decimals, within bounds, both included. */
    public static Builder<Duration> fractionalSeconds(String name, String explanation, Duration min, Duration max) {
        String expected = "seconds, a number from " + seconds(min) + " to " + seconds(max) + ", decimals allowed";
        return new Builder<>(name, explanation, expected, text -> {
            long millis = millis(text);
            if (millis < min.toMillis() || millis > max.toMillis()) {
                throw new IllegalArgumentException();
            }
            return Duration.ofMillis(millis);
        });
    }

    /** A fraction of a millisecond isn't rounded: to 0 seconds, for instance, which may mean that there is no limit. */
    private static long millis(String seconds) {
        try {
            return new BigDecimal(seconds.trim()).movePointRight(3).longValueExact();
        } catch (ArithmeticException fraction) {
            throw new IllegalArgumentException(fraction);
        }
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /** Several values with commas between them, each read by {@code each}; {@code expected} describes one. */
    public static <E> Builder<List<E>> list(
            String name, String explanation, String expected, Function<String, E> each) {
        return new Builder<>(
                name,
                explanation,
                expected + ", several with commas between them",
                text -> Arrays.stream(text.split(",", -1)).map(each).toList());
    }

    /** Yes or no. */
    public static Builder<Boolean> flag(String name, String explanation) {
        return new Builder<>(
                name, explanation, "true or false", text -> switch (text.trim().toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException();
                });
    }

    /** One of an enum's names, in lower case with hyphens. */
    public static <E extends Enum<E>> Builder<E> choice(String name, String explanation, Class<E> type) {
        String names =
                Arrays.stream(type.getEnumConstants()).map(Setting::spelled).collect(Collectors.joining(", "));
        return new Builder<>(
                name,
                explanation,
                "one of " + names,
                text -> Enum.valueOf(type, text.trim().toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    /** An address such as {@code http://127.0.0.1:8080}. */
    public static Builder<URI> uri(String name, String explanation) {
        return new Builder<>(name, explanation, "an address such as http://127.0.0.1:8080", text -> {
            URI uri = URI.create(text.trim());
            if (uri.getScheme() == null || uri.getHost() == null) {
                throw new IllegalArgumentException();
            }
            return uri;
        });
    }

    /** The spelling of an enum's value in the environment. */
    static String spelled(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The default as a user would write it; empty when the setting is required or has none. */
    public String fallbackText() {
        Object value = fallback.map(Object.class::cast).orElse("");
        if (value instanceof Duration duration) {
            return seconds(duration);
        }
        if (value instanceof Enum<?> choice) {
            return spelled(choice);
        }
        if (value instanceof Optional<?> || value instanceof Secret || List.of().equals(value)) {
            return "";
        }
        return value.toString();
    }

    /** A setting whose default isn't decided yet. */
    public record Builder<T>(String name, String explanation, String expected, Function<String, T> parser) {
        /** It must be set. */
        public Setting<T> required() {
            return new Setting<>(name, explanation, expected, Optional.empty(), parser);
        }

        /** It has a default. */
        public Setting<T> or(T fallback) {
            return new Setting<>(name, explanation, expected, Optional.of(fallback), parser);
        }

        /** It may be absent. */
        public Setting<Optional<T>> optional() {
            return new Setting<>(
                    name,
                    explanation,
                    expected,
                    Optional.of(Optional.empty()),
                    text -> Optional.of(parser.apply(text)));
        }
    }
}
