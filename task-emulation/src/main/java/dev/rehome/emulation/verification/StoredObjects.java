package dev.rehome.emulation.verification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CommonPrefix;

/** Reads what a bucket holds, past the migrator. */
public final class StoredObjects {
    private StoredObjects() {}

    /** ETag and time of the last change of every object of a bucket, by key. */
    public static Map<String, String> of(S3AsyncClient s3, String bucket) {
        Map<String, String> objects = new HashMap<>();
        collect(s3, bucket, "", objects);
        return objects;
    }

    /** Folder by folder: S3Proxy sorts all that is under a prefix anew for each page of a listing. */
    private static void collect(S3AsyncClient s3, String bucket, String folder, Map<String, String> objects) {
        List<String> folders = new ArrayList<>();
        s3.listObjectsV2Paginator(
                        request -> request.bucket(bucket).prefix(folder).delimiter("/"))
                .subscribe(page -> {
                    page.contents()
                            .forEach(each -> objects.put(each.key(), each.eTag() + " of " + each.lastModified()));
                    page.commonPrefixes().stream().map(CommonPrefix::prefix).forEach(folders::add);
                })
                .join();
        folders.forEach(each -> collect(s3, bucket, each, objects));
    }
}
