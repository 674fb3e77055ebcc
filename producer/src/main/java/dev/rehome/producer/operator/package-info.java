/** The operator's commands: they show a migration, steer it, handle failures, report, audit, roll back and clean up. */
package dev.rehome.producer.operator;
