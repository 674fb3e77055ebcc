package dev.rehome.common.catalog;

import java.util.List;
import java.util.Set;

/** Finds out which locations the column refers to. Safe for use by several threads. */
public interface ReferenceLookup {
    /** How many locations a look-up should have: few if an index finds them, many if each look-up reads the whole table. */
    int window();

    /** Those of the locations that a row holds at this moment, byte for byte. Uncommitted changes aren't seen. */
    Set<String> held(List<String> locations);
}
