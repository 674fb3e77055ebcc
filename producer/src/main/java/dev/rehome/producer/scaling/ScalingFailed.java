package dev.rehome.producer.scaling;

/** A service could not be scaled; the message says why and what right it takes. */
public final class ScalingFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ScalingFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
