/**
 * Places of objects, and moving objects between them.
 *
 * <p>Objects are whole and addressed by location; there are no directories and there is no rename. A source object is
 * never changed, and only an operator's command deletes it.
 *
 * <p>A {@link dev.rehome.common.store.Store} offers up to five small blocking roles: inspector, lister, reader, writer,
 * deleter. A {@link dev.rehome.common.store.Transfer} copies one object with one asynchronous call. Each contract has an
 * abstract test that every implementation extends.
 */
package dev.rehome.common.store;
