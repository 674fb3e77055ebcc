package dev.rehome.producer.webhook;

import java.time.Instant;

/**
 * One event of a run.
 *
 * @param id the same whenever the event is sent again, by whichever process
 * @param name such as {@code paused}
 * @param at when it happened
 * @param detail what happened, in words
 */
public record RunEvent(String id, String name, Instant at, String detail) {}
