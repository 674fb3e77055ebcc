package dev.rehome.store.s3.lean;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** An HTTP client for the SDK that sends nothing: every call fails with the request that would have been sent. */
public final class CaughtRequests implements SdkAsyncHttpClient {
    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest call) {
        Caught caught = new Caught(call.request());
        call.responseHandler().onError(caught);
        return CompletableFuture.failedFuture(caught);
    }

    /** The request in what a call of the SDK failed with; empty if it failed before there was one. */
    static Optional<SdkHttpRequest> in(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Caught caught) {
                return Optional.of(caught.request);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private static final class Caught extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient SdkHttpRequest request;

        Caught(SdkHttpRequest request) {
            super("caught", null, false, false);
            this.request = request;
        }
    }
}
