package dev.rehome.emulation.verification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Lists the contents of a bucket without the migrator's code. */
public final class StoredObjects {
    private StoredObjects() {}

    /**
     * ETag and time of the last change of every object of a bucket, by object key.
     *
     * <p>A bucket of more than one page is listed folder by folder, because S3Proxy sorts everything under a prefix again
     * for each page.
     */
    public static Map<String, String> of(S3AsyncClient s3, String bucket) {
        Map<String, String> objects = new HashMap<>();
        ListObjectsV2Response page =
                s3.listObjectsV2(request -> request.bucket(bucket)).join();
        if (Boolean.TRUE.equals(page.isTruncated())) {
            collect(s3, bucket, "", objects);
        } else {
            put(page, objects);
        }
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
