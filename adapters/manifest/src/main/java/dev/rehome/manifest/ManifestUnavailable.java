package dev.rehome.manifest;

/** The manifest can't be read now; trying again is right. */
public final class ManifestUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ManifestUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
