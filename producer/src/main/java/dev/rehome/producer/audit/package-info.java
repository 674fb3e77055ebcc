/** Reconciles rows, mapping table and both buckets by listings and sorted files, in bounded memory. */
package dev.rehome.producer.audit;
