/** The consumer: claims batches, copies their objects server-side, records the outcomes, reports them complete. */
package dev.rehome.consumer;
