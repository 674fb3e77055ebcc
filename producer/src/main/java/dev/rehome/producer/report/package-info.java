/** Shared by the reports and the long-running commands: counts with examples, their lines, and lines about progress. */
package dev.rehome.producer.report;
