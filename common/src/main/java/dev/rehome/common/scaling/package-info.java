/** The services that run producer and consumers, and how they are scaled to zero at the end of a run. */
package dev.rehome.common.scaling;
