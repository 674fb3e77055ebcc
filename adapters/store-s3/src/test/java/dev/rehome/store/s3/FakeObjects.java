package dev.rehome.store.s3;

import static dev.rehome.store.s3.FakeResponse.bare;
import static dev.rehome.store.s3.FakeResponse.error;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The part of S3 that copies need, in memory. */
final class FakeObjects {
    private static final List<String> KEPT = List.of(
            "content-type",
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "expires",
            "x-amz-storage-class");

    private final Map<String, FakeObject> objects = new ConcurrentHashMap<>();
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final Map<String, String> regions = new ConcurrentHashMap<>();
    private volatile boolean conditionHonoured = true;
    private volatile boolean conditionImplemented = true;
    private volatile boolean encrypting;

    private record Upload(String object, ReceivedRequest begun, Map<Integer, String> parts) {}

    void put(String object, FakeObject content) {
        objects.put(object, content);
    }

    FakeObject get(String object) {
        return objects.get(object);
    }

    int openUploads() {
        return uploads.size();
    }

    void ignoreConditions() {
        conditionHonoured = false;
    }

    void refuseConditions() {
        conditionImplemented = false;
    }

    /** Places the bucket in a region; requests that are signed for another are redirected. */
    void place(String bucket, String region) {
        regions.put(bucket, region);
    }

    private FakeResponse elsewhere(ReceivedRequest request, Map<String, String> answer) {
        String bucket = request.object().split("/", 2)[0];
        String region = regions.getOrDefault(bucket, request.region());
        if (region.equals(request.region())) {
            return null;
        }
        answer.put("x-amz-bucket-region", region);
        return error(301, "PermanentRedirect");
    }

    /** Encrypts like a bucket with KMS: ETags are random instead of the MD5. */
    void encrypt() {
        encrypting = true;
    }

    /** Executes the request and puts the response's headers into the map. */
    FakeResponse apply(ReceivedRequest request, Map<String, String> answer) {
        FakeResponse elsewhere = regions.isEmpty() ? null : elsewhere(request, answer);
        if (elsewhere != null) {
            return elsewhere;
        }
        return switch (request.operation()) {
            case HEAD -> head(request, answer);
            case GET -> objects.containsKey(request.object()) ? bare(206) : error(404, "NoSuchKey");
            case TAGS -> tags(request);
            case COPY -> copy(request);
            case CREATE -> create(request);
            case PART -> part(request);
            case COMPLETE -> complete(request);
            case ABORT ->
                uploads.remove(request.query().get("uploadId")) == null ? error(404, "NoSuchUpload") : bare(204);
            case DELETE -> bare(204);
            case ASSUME -> FakeResponse.granted("ASSUMED", Instant.now().plus(Duration.ofHours(1)));
        };
    }

    private FakeResponse head(ReceivedRequest request, Map<String, String> answer) {
        FakeObject object = objects.get(request.object());
        if (object == null) {
            return bare(404);
        }
        answer.put("ETag", quoted(object.etag()));
        answer.put("Content-Length", Integer.toString(object.text().length()));
        answer.putAll(object.headers());
        return bare(200);
    }

    private FakeResponse tags(ReceivedRequest request) {
        StringBuilder set = new StringBuilder();
        objects.get(request.object())
                .tags()
                .forEach((key, value) -> set.append("<Tag><Key>%s</Key><Value>%s</Value></Tag>"
                        .formatted(key.replace("&", "&amp;"), value.replace("&", "&amp;"))));
        return new FakeResponse(true, 200, "<Tagging><TagSet>" + set + "</TagSet></Tagging>");
    }

    private synchronized FakeResponse copy(ReceivedRequest request) {
        FakeObject source = objects.get(request.source());
        FakeResponse refusal = refusal(request, source);
        if (refusal != null) {
            return refusal;
        }
        FakeObject copied =
                new FakeObject(source.text(), tag(FakeObject.tag(source.text())), source.headers(), source.tags());
        objects.put(request.object(), copied);
        return result("CopyObjectResult", copied.etag());
    }

    private FakeResponse refusal(ReceivedRequest request, FakeObject source) {
        if (source == null) {
            return error(404, "NoSuchKey");
        }
        String pinned = request.header("x-amz-copy-source-if-match");
        if (!pinned.isEmpty() && !pinned.replace("\"", "").equals(source.etag())) {
            return error(412, "PreconditionFailed");
        }
        return targetRefusal(request);
    }

    private FakeResponse targetRefusal(ReceivedRequest request) {
        if (!conditionImplemented && !request.header("If-None-Match").isEmpty()) {
            return error(501, "NotImplemented");
        }
        boolean refused = conditionHonoured
                && request.header("If-None-Match").equals("*")
                && objects.containsKey(request.object());
        return refused ? error(412, "PreconditionFailed") : null;
    }

    private FakeResponse create(ReceivedRequest request) {
        String id = UUID.randomUUID().toString();
        uploads.put(id, new Upload(request.object(), request, new TreeMap<>()));
        return new FakeResponse(
                true,
                200,
                "<InitiateMultipartUploadResult><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>");
    }

    private synchronized FakeResponse part(ReceivedRequest request) {
        FakeObject source = objects.get(request.source());
        FakeResponse refusal = refusal(request, source);
        if (refusal != null) {
            return refusal;
        }
        String text = source.text();
        String range = request.header("x-amz-copy-source-range");
        if (!range.isEmpty()) {
            String[] ends = range.substring("bytes=".length()).split("-", 2);
            text = text.substring(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
        }
        uploads.get(request.query().get("uploadId"))
                .parts()
                .put(Integer.valueOf(request.query().get("partNumber")), text);
        return result("CopyPartResult", FakeObject.tag(text));
    }

    private synchronized FakeResponse complete(ReceivedRequest request) {
        FakeResponse refusal = targetRefusal(request);
        if (refusal != null) {
            return refusal;
        }
        Upload upload = uploads.remove(request.query().get("uploadId"));
        if (upload == null) {
            return error(404, "NoSuchUpload");
        }
        FakeObject object = FakeObject.ofParts(
                new ArrayList<>(upload.parts().values()), kept(upload.begun()), taggedBy(upload.begun()));
        objects.put(request.object(), object);
        return result("CompleteMultipartUploadResult", object.etag());
    }

    private static Map<String, String> kept(ReceivedRequest begun) {
        Map<String, String> headers = new LinkedHashMap<>();
        begun.headers().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (KEPT.contains(lower) || lower.startsWith("x-amz-meta-")) {
                headers.put(lower, values.get(0));
            }
        });
        return headers;
    }

    private static Map<String, String> taggedBy(ReceivedRequest begun) {
        return ReceivedRequest.parameters(begun.header("x-amz-tagging"));
    }

    private String tag(String md5) {
        return encrypting ? UUID.randomUUID().toString().replace("-", "") : md5;
    }

    private static FakeResponse result(String root, String etag) {
        return new FakeResponse(
                true, 200, "<" + root + "><ETag>" + quoted(etag).replace("\"", "&quot;") + "</ETag></" + root + ">");
    }

    private static String quoted(String etag) {
        return '"' + etag + '"';
    }
}
