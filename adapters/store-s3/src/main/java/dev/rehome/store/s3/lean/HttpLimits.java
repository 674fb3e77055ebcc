package dev.rehome.store.s3.lean;

import java.time.Duration;

/**
 * Bounds of one event loop's connections.
 *
 * @param connections how many may be open; further requests wait for one
 * @param connect for the TCP handshake and for the TLS handshake, each
 * @param idle after which an unused connection is closed; shorter than the server's own limit
 * @param silence after which a request is given up if no byte arrives
 * @param total after which a request is given up though bytes arrive
 */
public record HttpLimits(int connections, Duration connect, Duration idle, Duration silence, Duration total) {}
