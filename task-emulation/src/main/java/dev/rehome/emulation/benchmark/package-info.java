/** Benchmarks: what a copy, a row and a batch cost on the machine at hand. Run by {@code ./bench}. */
package dev.rehome.emulation.benchmark;
