/** Servers, processes and data of the end-to-end tests: real ones, shared where that costs no independence. */
package dev.rehome.emulation.stage;
