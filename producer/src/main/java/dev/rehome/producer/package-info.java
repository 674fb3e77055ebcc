/** The producer: checks, scans, publishes, applies, and ends the migration. */
package dev.rehome.producer;
