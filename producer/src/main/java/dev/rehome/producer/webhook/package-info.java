/** Notifies another system of the turns of a run: its start, holds, resumes and end. */
package dev.rehome.producer.webhook;
