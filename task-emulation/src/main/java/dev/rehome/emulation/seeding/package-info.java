/** Rows and objects to rehearse with, each computed from its number: what is seeded can be recomputed to judge by. */
package dev.rehome.emulation.seeding;
