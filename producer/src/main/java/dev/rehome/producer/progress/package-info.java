/** Counts and shows the progress of a run. */
package dev.rehome.producer.progress;
