package dev.rehome.common.catalog;

/** What makes a row of the catalog one that is to be moved. */
public enum Selection {
    /** Its location lies in the legacy folder. */
    PREFIX,
    /** Its location is a key of the manifest that is loaded. */
    MANIFEST
}
