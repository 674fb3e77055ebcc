package dev.rehome.store.s3;

import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectDeleter;
import dev.rehome.common.store.ObjectInspector;
import dev.rehome.common.store.ObjectLister;
import dev.rehome.common.store.ObjectReader;
import dev.rehome.common.store.ObjectWriter;
import dev.rehome.common.store.Store;
import dev.rehome.common.store.StoreResult;
import dev.rehome.common.store.Transfer;
import dev.rehome.common.store.TransferCheck;
import dev.rehome.store.s3.S3ClientSettings.CopyEngine;
import dev.rehome.store.s3.lean.LeanCopyEngine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** A store in S3, or in a server with its protocol, through the AWS SDK. */
public final class S3Store implements Store {
    private static final String SCHEME = "s3";
    private static final int MOST_BLOCKING_THREADS = 128;
    /** The time to abort incomplete uploads: a process that stops has little of it. */
    private static final Duration ABORTING = Duration.ofSeconds(2);

    private final S3ClientFactory clients;
    private final ThreadPoolExecutor threads;
    private final S3AsyncClient client;
    private final Optional<LeanCopyEngine> lean;
    private final S3Requests requests;
    private final MultipartRequests multipart;
    private final S3Deletion deletion;
    private final Transfer serverSideCopy;
    private final TransferCheck copyCheck;

    /** A store with credentials of the SDK's default chain. Connects at the first request. */
    public S3Store(S3StoreSettings settings) {
        this(settings, MonotonicClock.system(), new S3ClientFactory(settings.client()));
    }

    /** Closes the factory with itself. */
    S3Store(S3StoreSettings settings, MonotonicClock clock, S3ClientFactory clients) {
        S3CopySettings copies = settings.copies();
        SendDeadline deadline = new SendDeadline(clock);
        this.threads = BlockingThreads.atMost(Math.min(settings.concurrency(), MOST_BLOCKING_THREADS));
        this.clients = clients;
        this.client = clients.create(deadline);
        this.lean = settings.client().engine() == CopyEngine.LEAN
                ? Optional.of(clients.createLeanEngine())
                : Optional.empty();
        this.requests = new S3Requests(client, lean, copies, deadline);
        this.multipart = new MultipartRequests(client, copies, deadline);
        this.deletion = new S3Deletion(client, requests, copies);
        ConditionalCopyProbe probe = new ConditionalCopyProbe(requests);
        AmbiguousCopyResolver resolver = new AmbiguousCopyResolver(requests, multipart, copies, threads);
        this.serverSideCopy = new S3ServerSideCopy(
                requests,
                probe,
                resolver,
                new S3MultipartCopy(requests, multipart, resolver, probe, copies, deadline, threads),
                copies,
                deadline,
                threads);
        this.copyCheck = new S3CopyCheck(requests, multipart, copies);
    }

    @Override
    public Location locate(String container, String objectKey) {
        return new Location(SCHEME, container, objectKey);
    }

    @Override
    public Optional<ObjectInspector> inspector() {
        return Optional.of(
                location -> call(location, () -> requests.look(location).map(S3ObjectStat::of)));
    }

    @Override
    public Optional<ObjectLister> lister() {
        return Optional.of((prefix, after, limit) ->
                call(prefix, () -> page(prefix, requests.list(prefix, after.orElse(null), limit))));
    }

    private static ObjectLister.Page page(Location prefix, ListObjectsV2Response response) {
        List<ObjectLister.Entry> objects = response.contents().stream()
                .map(object -> new ObjectLister.Entry(
                        prefix.withObjectKey(object.key()), object.size(), S3ObjectStat.proof(object.eTag())))
                .toList();
        boolean more = Boolean.TRUE.equals(response.isTruncated()) && !objects.isEmpty();
        return new ObjectLister.Page(
                objects,
                more ? Optional.of(objects.get(objects.size() - 1).location().objectKey()) : Optional.empty());
    }

    @Override
    public Optional<ObjectReader> reader() {
        return Optional.of(location -> call(location, () -> requests.read(location)));
    }

    @Override
    public Optional<ObjectWriter> writer() {
        return Optional.of((location, content, size) ->
                call(location, () -> ContentProof.etag(requests.write(location, content, size, threads))));
    }

    @Override
    public Optional<ObjectDeleter> deleter() {
        return Optional.of(deletion::delete);
    }

    private static <T> StoreResult<T> call(Location location, Supplier<T> request) {
        try {
            return StoreResult.of(request.get());
        } catch (S3Failure failure) {
            return StoreResult.refused(failure.refusal(location));
        }
    }

    /** Copies from one bucket to another, or within one, without moving bytes through this process. */
    public Transfer serverSideCopy() {
        return serverSideCopy;
    }

    /** Checks whether {@link #serverSideCopy} would be permitted. */
    public TransferCheck copyCheck() {
        return copyCheck;
    }

    @Override
    public void close() {
        multipart.stop(ABORTING);
        lean.ifPresent(LeanCopyEngine::close);
        client.close();
        // Work that hasn't begun fails at once, because the client is closed.
        threads.shutdownNow().forEach(Runnable::run);
        clients.close();
    }
}
