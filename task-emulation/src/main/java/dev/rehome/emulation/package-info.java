/** Rehearsals: a whole migration on embedded services, judged by reading everything back. */
package dev.rehome.emulation;
