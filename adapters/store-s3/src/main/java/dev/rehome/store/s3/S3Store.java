package dev.rehome.store.s3;

import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectStat;
import dev.rehome.common.store.ServerSideCopy;
import dev.rehome.common.store.Store;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** S3, or a server that speaks its protocol, by the AWS SDK. */
public final class S3Store implements Store {
    /** Connections that are being closed have their say; a tenth of a second without a word is the end. */
    private static final long QUIET_MILLIS = 100;

    private static final long LONGEST_MILLIS = 500;
    /** For throwing away the parts of what is not complete: a process that stops has little time. */
    private static final Duration CLEANING = Duration.ofSeconds(2);

    /** Ours, because the SDK lets a second and more pass when it ends its own. */
    private final EventLoopGroup threads = new NioEventLoopGroup(new DefaultThreadFactory("s3", true));

    private final S3AsyncClient client;
    private final S3Requests requests;
    private final MultipartRequests parts;
    private final S3Copying copies;

    /** Connects at the first request, not here. */
    public S3Store(S3StoreSettings settings) {
        S3CopySettings copying = settings.copies();
        this.client = new S3Connecting(settings.connection(), threads).connect();
        this.requests = new S3Requests(client, copying);
        this.parts = new MultipartRequests(client, copying);
        Settlement settlement = new Settlement(requests, new BytesComparison(parts, copying));
        this.copies =
                new S3Copying(requests, settlement, new MultipartCopy(requests, parts, settlement, copying), copying);
    }

    @Override
    public CompletionStage<Optional<ObjectStat>> stat(Location location) {
        CompletableFuture<Optional<ObjectStat>> result = new CompletableFuture<>();
        requests.look(location).whenComplete((found, trouble) -> {
            if (trouble == null) {
                result.complete(found.map(S3Store::described));
                return;
            }
            S3Failure failure = S3Failure.of(trouble);
            result.completeExceptionally(
                    failure.isPassing()
                            ? failure.unavailable(location)
                            : new IllegalStateException(location + ": " + failure.getMessage(), failure));
        });
        return result;
    }

    private static ObjectStat described(HeadObjectResponse head) {
        return new ObjectStat(
                ETag.bare(head.eTag()),
                head.contentLength(),
                Objects.requireNonNullElse(head.lastModified(), Instant.EPOCH),
                SameContent.digests(head));
    }

    @Override
    public ServerSideCopy copies() {
        return copies;
    }

    @Override
    public void close() {
        parts.stop(CLEANING);
        client.close();
        threads.shutdownGracefully(QUIET_MILLIS, LONGEST_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }
}
