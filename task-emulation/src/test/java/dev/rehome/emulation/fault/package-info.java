/** Faults to inject: proxies before the servers, and a stub of ECS. */
package dev.rehome.emulation.fault;
