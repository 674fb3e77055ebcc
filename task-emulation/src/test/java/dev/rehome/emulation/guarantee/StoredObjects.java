package dev.rehome.emulation.guarantee;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Reads the object store, past the migrator. */
final class StoredObjects {
    private StoredObjects() {}

    /** ETag and time of the last change of every object of a bucket, by key. */
    static Map<String, String> of(S3AsyncClient s3, String bucket) {
        Map<String, String> objects = new ConcurrentHashMap<>();
        s3.listObjectsV2Paginator(request -> request.bucket(bucket))
                .contents()
                .subscribe(each -> objects.put(each.key(), each.eTag() + " of " + each.lastModified()))
                .join();
        return new HashMap<>(objects);
    }
}
