/**
 * The model test: the production classes of producer and consumer on ports in memory, driven by a seeded scheduler that
 * crashes and pauses at every call of a port, loses the queue with all its data, and lets an application write.
 */
package dev.rehome.emulation.model;
