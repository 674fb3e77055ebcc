package dev.rehome.common;

import java.util.List;

/** What a migration keeps for itself in one service, and leaves behind. Safe for use by any thread. */
public interface Remains {
    /** The names of what is there, in alphabetical order; none when nothing is left. */
    List<String> names();

    /**
     * Deletes all of it, for good. May be repeated after an interruption.
     *
     * @throws Rejected when something with a name of ours isn't ours
     */
    void drop();
}
