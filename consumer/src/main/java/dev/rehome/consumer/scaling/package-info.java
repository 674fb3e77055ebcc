/** Scales the consumers' service to zero on ECS when no producer is left to do it. */
package dev.rehome.consumer.scaling;
