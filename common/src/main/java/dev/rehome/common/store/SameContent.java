package dev.rehome.common.store;

/** The result of comparing two objects' content without reading their bytes. */
public enum SameContent {
    SAME,
    DIFFERENT,
    /** The descriptions of the two objects prove neither. */
    UNKNOWN
}
