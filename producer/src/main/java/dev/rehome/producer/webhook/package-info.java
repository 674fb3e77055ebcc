/** Notifies another system of the events of a run: its start, holds, resumes and end. */
package dev.rehome.producer.webhook;
