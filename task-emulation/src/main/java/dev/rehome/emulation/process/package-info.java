/** Producer and consumers as processes: started, measured, and started again when they die, as ECS would. */
package dev.rehome.emulation.process;
