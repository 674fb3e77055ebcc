/** The parts that both processes share: loops, back-off, clocks, signals, the health check. Knows no queue or catalog. */
package dev.rehome.common.process;
