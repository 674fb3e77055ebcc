/** Manifests: which objects are moved, and under which new names. A CSV file at hand or in S3, read and examined. */
package dev.rehome.manifest;
