package dev.rehome.common.batch;

import java.util.Objects;
import java.util.UUID;

/**
 * The identity of a run. The number alone doesn't identify it: numbers start again at 1 when the tables are dropped, and
 * every migration has a run 1. Batches, the queue and the ledger carry both.
 *
 * @param number from 1
 * @param token drawn at random when the run starts
 */
public record RunId(int number, UUID token) {
    public RunId {
        Objects.requireNonNull(token, "token");
        if (number < 1) {
            throw new IllegalArgumentException("A run is numbered from 1, not " + number);
        }
    }

    /** A run that starts now. */
    public static RunId start(int number) {
        return new RunId(number, UUID.randomUUID());
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when it isn't a number, a slash and a UUID
     */
    public static RunId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("Expected <number>/<UUID>, found '" + text + "'");
        }
        return new RunId(Integer.parseInt(text.substring(0, slash)), UUID.fromString(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return number + "/" + token;
    }
}
