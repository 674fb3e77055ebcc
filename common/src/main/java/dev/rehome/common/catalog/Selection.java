package dev.rehome.common.catalog;

/** How the rows to be migrated are selected. */
public enum Selection {
    /** Rows whose location starts with the legacy prefix. */
    PREFIX,
    /** Rows whose location is an object key of the loaded manifest. */
    MANIFEST
}
