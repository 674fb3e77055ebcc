/** The producer's HTTP interface: health, metrics, the state of the run, and the dashboard with its controls. */
package dev.rehome.producer.http;
