package dev.rehome.common.catalog;

import java.util.List;

/** The values that the column of locations can hold. Safe for use by several threads. */
public interface ColumnCapacity {
    /** Whether a new location is too long for the column. */
    boolean isTooLong(String location);

    /** The indexes of the texts that the column can't store unchanged because of its character set. */
    List<Integer> unwritable(List<String> texts);
}
