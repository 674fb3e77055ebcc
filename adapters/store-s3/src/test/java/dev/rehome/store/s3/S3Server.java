package dev.rehome.store.s3;

import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.StoredObject;
import io.netty.channel.nio.NioEventLoopGroup;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** A running S3-compatible server: reads and writes past the store, and opens stores on it. */
final class S3Server implements AutoCloseable {
    private final Map<String, String> address;
    private final StaticCredentialsProvider credentials;
    private final S3ClientFactory clients;
    private final S3AsyncClient client;

    S3Server(URI endpoint, String accessKey, String secretKey) {
        address = Map.of("AWS_ENDPOINT_URL_S3", endpoint.toString());
        credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
        clients = clients(settings(Map.of()));
        client = clients.create(new SendDeadline(MonotonicClock.system()));
    }

    S3Store store(Map<String, String> others) {
        return store(settings(others));
    }

    /** A store that copies every object of more than one byte in parts. */
    S3Store storeWithParts() {
        S3StoreSettings settings = settings(Map.of());
        S3CopySettings parts = settings.copies().withSizes(1, S3CopySettings.LARGEST_COPY);
        return store(new S3StoreSettings(settings.client(), parts));
    }

    private S3Store store(S3StoreSettings settings) {
        return new S3Store(settings, MonotonicClock.system(), clients(settings));
    }

    private S3ClientFactory clients(S3StoreSettings settings) {
        return new S3ClientFactory(
                settings.client(), credentials, AwsRetryStrategy.standardRetryStrategy(), new NioEventLoopGroup());
    }

    private S3StoreSettings settings(Map<String, String> others) {
        Map<String, String> values = new HashMap<>(address);
        values.putAll(others);
        return S3StoreSettings.from(new Environment(values));
    }

    void put(Location location, StoredObject object) {
        client.putObject(
                        put -> {
                            put.bucket(location.container())
                                    .key(location.objectKey())
                                    .contentType(object.contentType())
                                    .cacheControl(object.cacheControl())
                                    .metadata(object.metadata());
                            if (!object.tags().isEmpty()) {
                                put.tagging(tagging(object.tags()));
                            }
                        },
                        AsyncRequestBody.fromString(object.text()))
                .join();
    }

    /** What is there, or null; without its tags. */
    StoredObject get(Location location) {
        try {
            ResponseBytes<GetObjectResponse> found = client.getObject(
                            get -> get.bucket(location.container()).key(location.objectKey()),
                            AsyncResponseTransformer.toBytes())
                    .join();
            GetObjectResponse head = found.response();
            return new StoredObject(
                    found.asUtf8String(), head.contentType(), head.cacheControl(), head.metadata(), Map.of());
        } catch (CompletionException trouble) {
            if (trouble.getCause() instanceof NoSuchKeyException) {
                return null;
            }
            throw trouble;
        }
    }

    Map<String, String> tags(Location location) {
        return client
                .getObjectTagging(get -> get.bucket(location.container()).key(location.objectKey()))
                .join()
                .tagSet()
                .stream()
                .collect(Collectors.toMap(Tag::key, Tag::value));
    }

    int openUploads(String bucket) {
        return client.listMultipartUploads(list -> list.bucket(bucket))
                .join()
                .uploads()
                .size();
    }

    private static Tagging tagging(Map<String, String> tags) {
        List<Tag> set = tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return Tagging.builder().tagSet(set).build();
    }

    @Override
    public void close() {
        client.close();
        clients.close();
    }
}
