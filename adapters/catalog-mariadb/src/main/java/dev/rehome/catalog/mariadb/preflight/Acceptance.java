package dev.rehome.catalog.mariadb.preflight;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.util.List;

/**
 * What the operator has said yes to: things that the update touches beside the column.
 *
 * @param triggers whether triggers of the table may fire for each updated row
 * @param timestamps what becomes of columns that MariaDB would set to now
 */
public record Acceptance(boolean triggers, Timestamps timestamps) {
    /** What becomes of {@code ON UPDATE CURRENT_TIMESTAMP} columns. */
    public enum Timestamps {
        /** Not said: such a table is refused. */
        ASK,
        /** They keep their value. */
        KEEP,
        /** MariaDB sets them to now. */
        BUMP
    }

    /** Nothing beside the column may be touched. */
    public static final Acceptance NOTHING = new Acceptance(false, Timestamps.ASK);

    private static final Setting<Boolean> TRIGGERS = Setting.flag(
                    "ALLOW_TRIGGERS", "Whether the table's UPDATE triggers may fire for each migrated row.")
            .or(false);
    private static final Setting<Timestamps> TIMESTAMPS = Setting.choice(
                    "ON_UPDATE_TIMESTAMPS",
                    "Columns that MariaDB sets to now at each update: ask refuses the table, keep or bump decides.",
                    Timestamps.class)
            .or(Timestamps.ASK);

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(TRIGGERS, TIMESTAMPS);

    /** Reads them; problems are gathered in the environment. */
    public static Acceptance from(Environment env) {
        return new Acceptance(env.read(TRIGGERS), env.read(TIMESTAMPS));
    }
}
