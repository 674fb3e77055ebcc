package dev.rehome.manifest;

/** How keys are written in a manifest. */
public enum KeyEncoding {
    /**
     * {@code %XX} is a byte and {@code +} a space, as S3 Inventory writes keys and S3 Batch Operations reads them
     * ("the contents of the manifest must be URL encoded", Amazon S3 User Guide).
     */
    URL,
    /** {@code %XX} is a byte and {@code +} a plus, as addresses are written. */
    PERCENT,
    /** As they are. */
    PLAIN
}
