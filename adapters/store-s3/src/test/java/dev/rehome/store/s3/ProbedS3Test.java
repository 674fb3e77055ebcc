package dev.rehome.store.s3;

import org.junit.jupiter.api.BeforeEach;

/** The server was probed and honours conditions, and there is a source, so that each test is about one copy alone. */
abstract class ProbedS3Test extends FakeS3Test {
    @BeforeEach
    void probe() {
        probeServer();
        put(SOURCE, "bytes");
    }
}
