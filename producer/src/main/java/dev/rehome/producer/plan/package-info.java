/** The plan: what a run would do, how long it would take and what it would cost, each figure with its uncertainty. */
package dev.rehome.producer.plan;
