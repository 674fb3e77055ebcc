/** Manifests: CSV files or objects that list the keys to migrate, and their new keys; read and validated. */
package dev.rehome.manifest;
