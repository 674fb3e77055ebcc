package dev.rehome.emulation.seeding;

import java.util.Optional;
import java.util.function.LongConsumer;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Puts the objects of the sample rows into the legacy bucket. */
public final class ObjectSeeding {
    private static final int CONCURRENCY = 64;

    private final S3AsyncClient s3;
    private final String bucket;

    public ObjectSeeding(S3AsyncClient s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /** Puts all objects and returns their number; {@code progress} gets the number of rows done so far. */
    public long seed(int rows, int objectSize, LongConsumer progress) {
        long objects = 0;
        Bounded puts = new Bounded(CONCURRENCY);
        for (long id = 1; id <= rows; id++) {
            Optional<SampleObject> object = SampleRow.of(id).object(objectSize);
            if (object.isPresent()) {
                objects++;
                puts.submit(() -> s3.putObject(
                        request -> request.bucket(bucket)
                                .key(object.get().key())
                                .contentType(object.get().contentType())
                                .metadata(object.get().metadata()),
                        AsyncRequestBody.fromBytes(object.get().bytes())));
            }
            if (id % 100 == 0) {
                progress.accept(id);
            }
        }
        puts.await();
        return objects;
    }
}
