/** Guarantees: objects that watch a migration and judge it at the end, based on journals of their own. */
package dev.rehome.emulation.guarantee;
