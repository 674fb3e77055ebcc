package dev.rehome.common;

import java.util.List;

/** The data that a migration keeps in one service and leaves behind when it ends. Safe for use by any thread. */
public interface Remains {
    /** The names of what is there, in alphabetical order; none when nothing is left. */
    List<String> names();

    /**
     * Deletes all of it permanently. May be repeated after an interruption.
     *
     * @throws Rejected when one of our names belongs to another program
     */
    void drop();
}
