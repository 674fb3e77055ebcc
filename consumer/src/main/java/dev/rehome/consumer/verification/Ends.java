package dev.rehome.consumer.verification;

import java.util.Objects;

/**
 * Both ends of a reference; rows that name the same object share them.
 *
 * @param oldLocation the object's key in the source bucket
 * @param newLocation its copy's in the target bucket
 */
record Ends(String oldLocation, String newLocation) {
    Ends {
        Objects.requireNonNull(oldLocation, "oldLocation");
        Objects.requireNonNull(newLocation, "newLocation");
    }
}
