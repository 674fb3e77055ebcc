package dev.rehome.common.catalog;

import dev.rehome.common.settings.Secret;

/** Provides the database password for each new connection. Safe for use by several threads. */
public interface PasswordSource {
    /** The current password. */
    Secret current();

    /** Whether the password can rotate. If it can, authentication failures are retried. */
    boolean mayChange();

    /** A password that never changes. */
    static PasswordSource fixed(Secret password) {
        return new PasswordSource() {
            @Override
            public Secret current() {
                return password;
            }

            @Override
            public boolean mayChange() {
                return false;
            }
        };
    }
}
