/** Benchmarks, run by {@code ./bench}: the cost of a copy, a row and a batch on this machine. */
package dev.rehome.emulation.benchmark;
