/** Environment variables as typed values: read once, all problems reported together, secrets masked. */
package dev.rehome.common.settings;
