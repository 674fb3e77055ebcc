package dev.rehome.manifest;

/** There is no manifest that we may read, or it changed under us; the message says what to do. */
public final class ManifestRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ManifestRefused(String message) {
        super(message);
    }

    public ManifestRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
