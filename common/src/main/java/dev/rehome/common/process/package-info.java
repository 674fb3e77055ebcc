/** What both processes are built from: loops, back-off, clocks, signals, the health endpoint. Knows no queue or catalog. */
package dev.rehome.common.process;
