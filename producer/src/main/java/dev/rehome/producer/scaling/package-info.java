/** The services on ECS: consumers that follow the run windows, and desired counts that go to zero at the end. */
package dev.rehome.producer.scaling;
