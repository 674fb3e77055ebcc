package dev.rehome.common.process;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.util.List;

/**
 * How the process logs. The logging library reads the variables itself; they are declared here to be checked and documented.
 *
 * @param format text, or one JSON object a line
 * @param level the lowest level that is logged
 */
public record LogSettings(Format format, Level level) {
    /** The form of a log line. */
    public enum Format {
        /** Lines for people. */
        TEXT,
        /** One JSON object a line, for log collectors. */
        JSON
    }

    /** The levels, from most to least output. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    private static final Setting<Format> FORMAT = Setting.choice(
                    "LOG_FORMAT",
                    "Format of the log, which goes to standard error; json for log collectors.",
                    Format.class)
            .or(Format.TEXT);
    private static final Setting<Level> LEVEL = Setting.choice(
                    "LOG_LEVEL",
                    "Lowest level that is logged; debug adds a line for each batch and each retry.",
                    Level.class)
            .or(Level.INFO);

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(FORMAT, LEVEL);

    /** Reads them; problems are collected in the environment. */
    public static LogSettings from(Environment env) {
        return new LogSettings(env.read(FORMAT), env.read(LEVEL));
    }
}
