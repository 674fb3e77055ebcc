/** The application that keeps writing while the migration runs, and the journal of its writes. */
package dev.rehome.emulation.application;
