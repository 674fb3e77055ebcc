/** The demo of docker-compose.yml: an object store, sample data, and the final check. */
package dev.rehome.emulation.demo;
