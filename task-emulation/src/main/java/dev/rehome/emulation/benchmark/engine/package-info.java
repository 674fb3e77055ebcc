/** How fast copies are made, and what they cost: the copy engines against a load generator that does nothing else. */
package dev.rehome.emulation.benchmark.engine;
