/**
 * A rehearsal under faults: processes and servers are killed, frozen and wiped while an application writes. The verdict
 * is that of the guarantees.
 */
package dev.rehome.emulation.chaos;
