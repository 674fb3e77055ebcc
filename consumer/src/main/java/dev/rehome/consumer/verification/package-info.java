/**
 * The look at what was migrated, after the fact: whether every row that we moved still points at the object that we copied.
 *
 * <p>Between a copy and the application's next read anybody with the right to may delete the target or overwrite the
 * source; no order of our own steps can prevent that. So it is looked for, and what can be mended without overwriting
 * anything is mended on request.
 */
package dev.rehome.consumer.verification;
