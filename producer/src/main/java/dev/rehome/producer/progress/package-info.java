/** How far the run has come, and how that is told. */
package dev.rehome.producer.progress;
