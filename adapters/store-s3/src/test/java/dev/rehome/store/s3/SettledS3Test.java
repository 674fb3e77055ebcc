package dev.rehome.store.s3;

import org.junit.jupiter.api.BeforeEach;

/** A server that is known to honour conditions, and an object to be copied: what follows is about that copy alone. */
abstract class SettledS3Test extends ScriptedS3Test {
    @BeforeEach
    void settle() {
        settleIn();
        put(SOURCE, "bytes");
    }
}
