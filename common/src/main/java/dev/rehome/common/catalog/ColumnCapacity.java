package dev.rehome.common.catalog;

import java.util.List;

/** What the column can hold. Safe for use by several threads. */
public interface ColumnCapacity {
    /** Whether a new location is longer than the column. */
    boolean isTooLong(String location);

    /** Which of the texts the column's character set can't hold, by their places in the list. */
    List<Integer> unwritable(List<String> texts);
}
