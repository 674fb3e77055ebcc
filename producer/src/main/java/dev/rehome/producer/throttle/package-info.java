/** Pauses with a reason, which end by themselves. */
package dev.rehome.producer.throttle;
