package dev.rehome.emulation.verification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Reads what a bucket holds, past the migrator. */
public final class StoredObjects {
    private StoredObjects() {}

    /** ETag and time of the last change of every object of a bucket, by key; a request for each thousand. */
    public static Map<String, String> of(S3AsyncClient s3, String bucket) {
        Map<String, String> objects = new HashMap<>();
        s3.listObjectsV2Paginator(request -> request.bucket(bucket))
                .subscribe(page -> put(page, objects))
                .join();
        return objects;
    }

    /**
     * The same of a bucket with very many objects, a request for each folder: S3Proxy sorts all that is under a prefix
     * anew for each page of a listing.
     */
    public static Map<String, String> ofMany(S3AsyncClient s3, String bucket) {
        Map<String, String> objects = new HashMap<>();
        collect(s3, bucket, "", objects);
        return objects;
    }

    private static void collect(S3AsyncClient s3, String bucket, String folder, Map<String, String> objects) {
        List<String> folders = new ArrayList<>();
        s3.listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix(folder).delimiter("/"))
                .subscribe(page -> {
                    put(page, objects);
                    page.commonPrefixes().stream().map(CommonPrefix::prefix).forEach(folders::add);
                })
                .join();
        folders.forEach(each -> collect(s3, bucket, each, objects));
    }

    private static void put(ListObjectsV2Response page, Map<String, String> objects) {
        page.contents().forEach(each -> objects.put(each.key(), each.eTag() + " of " + each.lastModified()));
    }
}
