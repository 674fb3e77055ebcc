package dev.rehome.common.catalog;

/** The database can't answer now: deadlock, lock wait, failover, lost connection. Repeating the call is right. */
public final class CatalogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CatalogUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    public CatalogUnavailable(String message) {
        super(message);
    }
}
