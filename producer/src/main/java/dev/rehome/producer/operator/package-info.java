/** What a person does about a migration from a terminal: look at it, pause it, resume it. */
package dev.rehome.producer.operator;
