/** The verdict: every row and every object is read back and held against what was seeded. */
package dev.rehome.emulation.verification;
