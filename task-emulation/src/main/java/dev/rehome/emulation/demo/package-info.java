/** The demo of docker-compose.yml: an object store, sample data, and the verdict at the end. */
package dev.rehome.emulation.demo;
