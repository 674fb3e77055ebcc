package dev.rehome.common.catalog;

import dev.rehome.common.settings.Secret;

/** Where the database's password comes from; asked at each new connection. Safe for use by several threads. */
public interface PasswordSource {
    /** The password that holds now. */
    Secret current();

    /** Whether it may be another one later: then a refusal is waited out, for the database may be ahead of us. */
    boolean mayChange();

    /** A password that stays. */
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
