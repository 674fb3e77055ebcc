/** Faults on the wire: a proxy that cuts, swallows and delays, and a stand-in for ECS that refuses on command. */
package dev.rehome.emulation.fault;
