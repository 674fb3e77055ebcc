/**
 * The producer: checks, scans, publishes, applies, reports, and scales to zero.
 *
 * <p>{@code JobRunner} has the phases of a run, {@code ProducerRoles} its background roles as steps without threads, and
 * {@code ProducerFactory} the choice of implementations.
 */
package dev.rehome.producer;
