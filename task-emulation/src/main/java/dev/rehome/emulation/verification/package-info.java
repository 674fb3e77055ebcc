/** The verdict on a rehearsal without faults: every row and object is read back and compared with the sample. */
package dev.rehome.emulation.verification;
