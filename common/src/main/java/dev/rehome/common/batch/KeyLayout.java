package dev.rehome.common.batch;

/** How a target key is made from a source key. */
public enum KeyLayout {
    /** The legacy prefix is replaced by the target prefix, the rest stays byte for byte. */
    PREFIX,
    /** The target prefix and the last path component. */
    FLATTEN
}
