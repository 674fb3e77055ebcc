/**
 * The model test: production's roles of producer and consumer on contracts in memory, driven by a seeded scheduler. It
 * kills and pauses processes at every call, makes the database and the queue unavailable before and after a call's
 * effect, drops connections, wipes the queue, refuses copies, and lets an application write to the same rows.
 */
package dev.rehome.emulation.model;
