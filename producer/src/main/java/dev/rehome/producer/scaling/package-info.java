/** The end on ECS: the services' desired counts go to zero. */
package dev.rehome.producer.scaling;
