/**
 * A rehearsal under faults: processes and servers are killed, frozen and wiped while an application writes. The guarantees judge
 * the result.
 */
package dev.rehome.emulation.chaos;
