/** The live application: it writes to the table while the migration runs, and remembers every committed write. */
package dev.rehome.emulation.application;
