/** The small kit that both processes are built from: a loop, a shutdown signal, an endpoint for health. */
package dev.rehome.common.process;
