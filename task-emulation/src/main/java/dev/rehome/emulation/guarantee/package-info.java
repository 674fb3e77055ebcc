/** Guarantees: objects that watch a migration and judge it at the end, by journals of their own. */
package dev.rehome.emulation.guarantee;
