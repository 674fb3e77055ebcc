/** One migration on embedded servers: its schema, buckets, queue and processes. */
package dev.rehome.emulation.migration;
