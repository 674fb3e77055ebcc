package dev.rehome.catalog.mariadb.preflight;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.util.List;

/**
 * The effects beside the column that the operator allows the update to have.
 *
 * @param triggers whether the table's UPDATE triggers may fire for each migrated row
 * @param timestamps how columns are treated that MariaDB sets to the current time at each update
 */
public record SideEffectPolicy(boolean triggers, Timestamps timestamps) {
    /** How {@code ON UPDATE CURRENT_TIMESTAMP} columns are treated. */
    public enum Timestamps {
        /** The preflight refuses a table with such columns. */
        ASK,
        /** They keep their value. */
        KEEP,
        /** MariaDB updates them. */
        BUMP
    }

    /** No side effects are allowed. */
    public static final SideEffectPolicy NONE = new SideEffectPolicy(false, Timestamps.ASK);

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

    /** Reads them; the environment collects problems. */
    public static SideEffectPolicy from(Environment env) {
        return new SideEffectPolicy(env.read(TRIGGERS), env.read(TIMESTAMPS));
    }
}
