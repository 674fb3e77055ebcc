/** The consumers' part of the end on ECS. */
package dev.rehome.consumer.scaling;
