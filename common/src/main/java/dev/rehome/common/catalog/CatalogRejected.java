package dev.rehome.common.catalog;

/** The database refuses for good: a missing right, a missing table, a value that doesn't fit. */
public final class CatalogRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CatalogRejected(String message, Throwable cause) {
        super(message, cause);
    }

    public CatalogRejected(String message) {
        super(message);
    }
}
