/** The plan: the work of a run, its duration and its cost, each figure with its uncertainty. */
package dev.rehome.producer.plan;
