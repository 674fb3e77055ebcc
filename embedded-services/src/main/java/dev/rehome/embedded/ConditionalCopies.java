package dev.rehome.embedded;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;

/**
 * Adds a feature of S3 that S3Proxy 4.1.0 lacks: a copy with {@code If-None-Match: *} fails with 412 if its target exists.
 * Such copies are atomic among each other, but not with an unconditional write of the same key.
 */
final class ConditionalCopies extends ForwardingBlobStore {
    private static final int PRECONDITION_FAILED = 412;
    private static final int LOCKS = 1_024;

    private final ThreadLocal<Boolean> onlyIfAbsent = ThreadLocal.withInitial(() -> false);
    private final Object[] locks = new Object[LOCKS];

    ConditionalCopies(BlobStore store) {
        super(store);
        for (int index = 0; index < LOCKS; index++) {
            locks[index] = new Object();
        }
    }

    /** Sets for later calls on this thread whether a copy fails when its target exists. */
    void onlyIfAbsent(boolean condition) {
        onlyIfAbsent.set(condition);
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        if (!onlyIfAbsent.get()) {
            return super.copyBlob(request);
        }
        String bucket = request.destinationBucket();
        String key = request.destinationKey();
        synchronized (locks[Math.floorMod(31 * bucket.hashCode() + key.hashCode(), LOCKS)]) {
            if (blobExists(bucket, key)) {
                throw S3Exceptions.fromStatusCode(PRECONDITION_FAILED);
            }
            return super.copyBlob(request);
        }
    }
}
