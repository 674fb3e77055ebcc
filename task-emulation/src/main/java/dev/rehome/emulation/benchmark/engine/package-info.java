/** Measures speed and cost of the copy engines, in comparison with a load generator that only sends requests. */
package dev.rehome.emulation.benchmark.engine;
