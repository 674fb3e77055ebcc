/** Producers and consumers as processes: started, signalled, measured, and restarted when they die, as ECS would. */
package dev.rehome.emulation.process;
