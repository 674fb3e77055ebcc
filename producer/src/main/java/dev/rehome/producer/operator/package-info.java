/** What a person does about a migration from a terminal: look at it, steer it, handle failures, report, audit, undo. */
package dev.rehome.producer.operator;
