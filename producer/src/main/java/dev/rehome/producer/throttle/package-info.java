/** Holds the run automatically while replicas lag or the database is busy; the hold ends with its reason. */
package dev.rehome.producer.throttle;
