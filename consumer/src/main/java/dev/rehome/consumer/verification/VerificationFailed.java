package dev.rehome.consumer.verification;

/** The verification can't go on; the message says why and what to do. */
final class VerificationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VerificationFailed(String message) {
        super(message);
    }
}
