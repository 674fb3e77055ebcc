package dev.rehome.emulation.verification;

import dev.rehome.emulation.seeding.Bounded;
import dev.rehome.emulation.seeding.SampleObject;
import dev.rehome.emulation.seeding.SampleRow;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads every object of both buckets back. */
public final class ObjectVerification {
    private static final int CONCURRENCY = 64;

    private final S3AsyncClient s3;
    private final String source;
    private final String target;

    public ObjectVerification(S3AsyncClient s3, String source, String target) {
        this.s3 = s3;
        this.source = source;
        this.target = target;
    }

    /** Judges all objects; {@code progress} gets the number of rows done so far. */
    public void judge(int rows, int objectSize, Verdict verdict, LongConsumer progress) {
        Set<String> sourceKeys = StoredObjects.of(s3, source).keySet();
        Set<String> targetKeys = StoredObjects.of(s3, target).keySet();
        Bounded gets = new Bounded(CONCURRENCY);
        long objects = 0;
        for (long id = 1; id <= rows; id++) {
            SampleRow row = SampleRow.of(id);
            Optional<SampleObject> object = row.object(objectSize);
            if (object.isPresent()) {
                objects++;
                judge(gets, source, object.get().key(), sourceKeys, object.get(), verdict);
                judge(gets, target, row.expectedLocation(), targetKeys, object.get(), verdict);
            }
            if (id % 100 == 0) {
                progress.accept(id);
            }
        }
        gets.await();
        sourceKeys.forEach(key -> verdict.breach("s3://" + source + "/" + key + " didn't exist before the migration"));
        targetKeys.forEach(key -> verdict.breach("s3://" + target + "/" + key + " is not the copy of a legacy object"));
        verdict.fact(String.format(
                "%,d objects have the same bytes, content type and metadata in the new bucket, and nothing else is there",
                objects));
        verdict.fact("the legacy bucket is unchanged");
    }

    private void judge(
            Bounded gets, String bucket, String key, Set<String> keys, SampleObject expected, Verdict verdict) {
        if (!keys.remove(key)) {
            verdict.breach("s3://" + bucket + "/" + key + " doesn't exist");
            return;
        }
        gets.submit(() -> s3.getObject(request -> request.bucket(bucket).key(key), AsyncResponseTransformer.toBytes())
                .thenAccept(response -> compare(bucket + "/" + key, response, expected, verdict)));
    }

    private static void compare(
            String name, ResponseBytes<GetObjectResponse> response, SampleObject expected, Verdict verdict) {
        if (!Arrays.equals(response.asByteArrayUnsafe(), expected.bytes())) {
            verdict.breach("s3://" + name + " has other bytes");
        }
        if (!expected.contentType().equals(response.response().contentType())) {
            verdict.breach(
                    "s3://" + name + " has content type " + response.response().contentType());
        }
        if (!expected.metadata().equals(response.response().metadata())) {
            verdict.breach(
                    "s3://" + name + " has metadata " + response.response().metadata());
        }
    }
}
