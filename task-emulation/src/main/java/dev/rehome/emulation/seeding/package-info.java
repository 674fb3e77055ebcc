/** Sample rows and objects. Each is computed from its number, so that a verification can compute it again. */
package dev.rehome.emulation.seeding;
