package dev.rehome.emulation.migration;

import dev.rehome.emulation.verification.StoredObjects;
import java.util.Set;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The objects of one bucket, read and written past the migrator. */
public record Bucket(S3AsyncClient s3, String name) {
    /** The bucket that a migration copies from. */
    public static Bucket legacy(EmulatedMigration migration) {
        return new Bucket(migration.s3(), migration.source());
    }

    /** The bucket that a migration copies to. */
    public static Bucket target(EmulatedMigration migration) {
        return new Bucket(migration.s3(), migration.target());
    }

    /** Writes an object. */
    public void put(String key, byte[] content) {
        s3.putObject(request -> request.bucket(name).key(key), AsyncRequestBody.fromBytes(content))
                .join();
    }

    /** Writes an object of text. */
    public void put(String key, String content) {
        s3.putObject(request -> request.bucket(name).key(key), AsyncRequestBody.fromString(content))
                .join();
    }

    /** Deletes an object. */
    public void delete(String key) {
        s3.deleteObject(request -> request.bucket(name).key(key)).join();
    }

    /** The bytes of an object. */
    public byte[] bytes(String key) {
        return s3.getObject(request -> request.bucket(name).key(key), AsyncResponseTransformer.toBytes())
                .join()
                .asByteArray();
    }

    /** The keys of all objects. */
    public Set<String> keys() {
        return StoredObjects.of(s3, name).keySet();
    }
}
