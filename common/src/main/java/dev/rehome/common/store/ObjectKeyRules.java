package dev.rehome.common.store;

import java.util.Optional;

/** The object keys that a kind of store accepts. */
@FunctionalInterface
public interface ObjectKeyRules {
    /** The reason why the store doesn't accept a key, such as its length; empty if it does. */
    Optional<String> problem(String objectKey);
}
