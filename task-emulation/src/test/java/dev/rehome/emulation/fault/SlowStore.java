package dev.rehome.emulation.fault;

import dev.rehome.emulation.stage.MigrationStage;
import java.time.Duration;

/** Makes each answer of a stage's object store late, so that even a fast machine is in the middle when a fault strikes. */
public final class SlowStore implements AutoCloseable {
    private static final Duration DELAY = Duration.ofMillis(30);

    private final MigrationStage stage;
    private final TcpProxy proxy;

    public SlowStore(MigrationStage stage) {
        this.stage = stage;
        this.proxy = new TcpProxy(stage.servers().store().port());
        proxy.delay(DELAY);
    }

    /** Slows down all processes of the stage that are started from now on, with one copy at a time in each. */
    public void begin() {
        stage.with("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + proxy.port()).with("COPY_CONCURRENCY", 1);
    }

    @Override
    public void close() {
        proxy.close();
    }
}
