/**
 * Places of objects, and the copy from one to another.
 *
 * <p>Objects are whole and addressed by location; there is no listing, no directory and no rename, for the catalog
 * already knows what exists. A source object is never changed and nothing is ever deleted.
 */
package dev.rehome.common.store;
