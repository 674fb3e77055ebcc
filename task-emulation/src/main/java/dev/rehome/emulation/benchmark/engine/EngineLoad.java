package dev.rehome.emulation.benchmark.engine;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Transfer;
import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.store.s3.S3Store;
import dev.rehome.store.s3.S3StoreSettings;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Copies as a consumer does: through the store with one of its engines. */
final class EngineLoad extends LoadGenerator {
    private final S3Store store;
    private final Transfer transfer;
    private final Location source;
    private final Location target;
    private volatile boolean stopping;

    /** {@code environment}: the store's settings, as a consumer has them. */
    EngineLoad(Map<String, String> environment, long firstRow) {
        super(firstRow);
        Environment settings = new Environment(environment);
        this.store = new S3Store(S3StoreSettings.from(settings));
        settings.throwIfProblems();
        this.transfer = store.serverSideCopy();
        this.source = store.locate("legacy", "");
        this.target = store.locate("new", "");
    }

    @Override
    void start(int inFlight) {
        // One copy first, because it probes the server: until then, copies would look up their targets with the SDK.
        copy().join();
        for (int i = 0; i < inFlight; i++) {
            copyNext();
        }
    }

    private void copyNext() {
        if (!stopping) {
            copy().whenComplete((result, failure) -> copyNext());
        }
    }

    private CompletableFuture<CopyResult> copy() {
        SampleRow row = next();
        return transfer.copy(source.withObjectKey(row.location()), target.withObjectKey(row.expectedLocation()))
                .whenComplete((result, failure) -> {
                    if (result instanceof CopyResult.Copied) {
                        copied();
                    } else if (!stopping) {
                        failed(row + ": " + (failure == null ? result : failure));
                    }
                })
                .toCompletableFuture();
    }

    @Override
    public void close() {
        stopping = true;
        store.close();
    }
}
