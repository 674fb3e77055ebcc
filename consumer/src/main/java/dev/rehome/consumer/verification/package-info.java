/**
 * {@code consumer verify}: checks at any time after the copy whether every migrated row still refers to the object that was
 * copied for it.
 *
 * <p>After a copy, anybody with the permission may delete the target or overwrite the source, and no order of our own steps
 * can prevent that. The verification finds such objects, and copies missing ones again on request.
 */
package dev.rehome.consumer.verification;
