package dev.rehome.store.s3;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectDeleter.Deletion;
import dev.rehome.common.store.ObjectDeleter.Expected;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreResult;
import dev.rehome.common.store.StoreUnavailable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Deletes up to a thousand objects with one request, each only if it still has its ETag. Blocks.
 *
 * <p>In a bucket with versions, S3 writes a delete marker instead: the object is gone for readers, and its bytes stay as a
 * noncurrent version until a lifecycle rule expires it.
 */
record S3Deletion(S3AsyncClient client, S3Requests requests, S3CopySettings settings) {
    private static final String RIGHT = "s3:DeleteObject";
    /** A rejection within a response has no HTTP status of its own: unless its code says more, it is permanent. */
    private static final int REJECTED = 400;

    /** See {@link dev.rehome.common.store.ObjectDeleter}. */
    List<StoreResult<Deletion>> delete(List<Expected> objects) {
        Map<Location, StoreResult<Deletion>> results = new HashMap<>();
        List<Expected> together = objects.stream()
                .filter(object -> fitsXml(object.location().objectKey()))
                .toList();
        if (!together.isEmpty()) {
            deleteTogether(together, results);
        }
        objects.stream()
                .filter(object -> !fitsXml(object.location().objectKey()))
                .forEach(object -> results.put(object.location(), deleteAlone(object)));
        return objects.stream().map(object -> results.get(object.location())).toList();
    }

    /** Whether XML 1.0 can hold a key unchanged, as the body of the request for many objects must. */
    private static boolean fitsXml(String key) {
        return key.chars().allMatch(c -> c >= ' ' && c != '\uFFFE' && c != '\uFFFF');
    }

    private void deleteTogether(List<Expected> objects, Map<Location, StoreResult<Deletion>> results) {
        List<ObjectIdentifier> keys = objects.stream()
                .map(object -> ObjectIdentifier.builder()
                        .key(object.location().objectKey())
                        .eTag(condition(object))
                        .build())
                .toList();
        DeleteObjectsResponse response;
        try {
            response = S3Requests.await(
                    () -> client.deleteObjects(
                            delete -> delete.bucket(objects.get(0).location().container())
                                    .delete(all -> all.objects(keys))
                                    .requestPayer(settings.payer())),
                    false,
                    RIGHT);
        } catch (S3Failure failure) {
            objects.forEach(
                    object -> results.put(object.location(), StoreResult.refused(failure.refusal(object.location()))));
            return;
        }
        Map<String, DeletedObject> deleted = new HashMap<>();
        response.deleted().forEach(object -> deleted.put(object.key(), object));
        Map<String, S3Error> errors = new HashMap<>();
        response.errors().forEach(error -> errors.put(error.key(), error));
        for (Expected object : objects) {
            String key = object.location().objectKey();
            results.put(object.location(), result(object.location(), deleted.get(key), errors.get(key)));
        }
    }

    private StoreResult<Deletion> result(Location location, DeletedObject deleted, S3Error error) {
        if (deleted != null) {
            return StoreResult.of(deletion(deleted.deleteMarker()));
        }
        if (error == null) {
            throw new StoreUnavailable(
                    location + ": the response to the deletion doesn't mention the object", false, null);
        }
        return failed(
                location,
                S3FailureCodes.classify(
                        S3Exception.builder()
                                .statusCode(REJECTED)
                                .awsErrorDetails(AwsErrorDetails.builder()
                                        .errorCode(error.code())
                                        .errorMessage(error.message())
                                        .build())
                                .build(),
                        false,
                        RIGHT));
    }

    private StoreResult<Deletion> deleteAlone(Expected object) {
        Location location = object.location();
        try {
            return StoreResult.of(deletion(S3Requests.await(
                            () -> client.deleteObject(delete -> delete.bucket(location.container())
                                    .key(location.objectKey())
                                    .ifMatch(condition(object))
                                    .requestPayer(settings.payer())),
                            false,
                            RIGHT)
                    .deleteMarker()));
        } catch (S3Failure failure) {
            return failed(location, failure);
        }
    }

    private StoreResult<Deletion> failed(Location location, S3Failure failure) {
        if (failure.isMissing()) {
            return StoreResult.of(Deletion.DELETED);
        }
        return failure.kind() == S3Failure.Kind.PRECONDITION
                ? conditionUnmet(location)
                : StoreResult.refused(failure.refusal(location));
    }

    /** The object has another ETag, or none, because an earlier call has deleted it. */
    private StoreResult<Deletion> conditionUnmet(Location location) {
        try {
            return requests.look(location).isEmpty()
                    ? StoreResult.of(Deletion.DELETED)
                    : StoreResult.refused(Refusal.ofObject(
                            FailureCode.SOURCE_CHANGED, location + ": the object was overwritten in the meantime"));
        } catch (S3Failure failure) {
            return StoreResult.refused(failure.refusal(location));
        }
    }

    private static String condition(Expected object) {
        return object.proof().map(ContentProof::value).orElse(null);
    }

    private static Deletion deletion(Boolean marker) {
        return Boolean.TRUE.equals(marker) ? Deletion.HIDDEN : Deletion.DELETED;
    }
}
