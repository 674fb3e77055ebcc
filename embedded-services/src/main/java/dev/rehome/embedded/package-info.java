/**
 * Real servers for tests and rehearsals, started with nothing but a JDK: MariaDB, Redis and two S3-compatible stores.
 *
 * <p>Every server listens on 127.0.0.1 only, keeps its files in a directory that the caller gives, and ends with this
 * JVM; MariaDB and Redis outlive one that is killed by SIGKILL.
 */
package dev.rehome.embedded;
