/** The canary: a few records, moved by the ordinary run and then read back. */
package dev.rehome.producer.canary;
