package dev.rehome.common.process;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.util.List;

/**
 * How the process logs. The logging library reads the variables itself; here they are checked and explained.
 *
 * @param format text for people, JSON lines for machines
 * @param level the least level that is logged
 */
public record LogSettings(Format format, Level level) {
    /** The form of a log line. */
    public enum Format {
        /** For people. */
        TEXT,
        /** One JSON object a line. */
        JSON
    }

    /** The levels, from all to almost nothing. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    private static final Setting<Format> FORMAT = Setting.choice(
                    "LOG_FORMAT", "Form of the log on standard error.", Format.class)
            .or(Format.TEXT);
    private static final Setting<Level> LEVEL = Setting.choice("LOG_LEVEL", "Least level that is logged.", Level.class)
            .or(Level.INFO);

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(FORMAT, LEVEL);

    /** Reads them; problems are gathered in the environment. */
    public static LogSettings from(Environment env) {
        return new LogSettings(env.read(FORMAT), env.read(LEVEL));
    }
}
