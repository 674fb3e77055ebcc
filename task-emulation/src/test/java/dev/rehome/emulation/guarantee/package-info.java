/** Guarantees: objects that watch a migration and judge it afterwards, never by the migrator's own tables. */
package dev.rehome.emulation.guarantee;
