/**
 * A rehearsal under fire: processes and servers are killed, frozen and wiped while an application writes, and the verdict
 * rests on the application's own journal, never on the migration's tables.
 */
package dev.rehome.emulation.chaos;
