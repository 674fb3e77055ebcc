/** The database and the store that copying and verifying share. */
package dev.rehome.consumer.data;
