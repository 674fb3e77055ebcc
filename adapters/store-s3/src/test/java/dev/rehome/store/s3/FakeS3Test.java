package dev.rehome.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.CopyResult.Copied;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** A store on a {@link FakeS3}. */
abstract class FakeS3Test {
    static final Location SOURCE = new Location("s3", "old", "legacy/a b+c.png");
    static final Location TARGET = new Location("s3", "new", "avatar/a b+c.png");

    private static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
    /** Retries without a pause. */
    private static final StandardRetryStrategy AT_ONCE = AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .backoffStrategy(BackoffStrategy.retryImmediately())
            .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
            .build();

    /** The threads of all tests' clients: stopping them takes longer than most of the tests. */
    private static final EventLoopGroup SHARED = new NioEventLoopGroup(2, new DefaultThreadFactory("s3", true)) {
        @Override
        public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
            return GlobalEventExecutor.INSTANCE.newSucceededFuture(null);
        }
    };

    /** Moved by hand. */
    MonotonicClock clock = () -> Duration.ZERO;

    /** The next store's threads. */
    EventLoopGroup threads = SHARED;

    FakeS3 s3;
    S3Store store;

    @BeforeEach
    void open() throws IOException {
        s3 = new FakeS3();
        store = store(Map.of());
    }

    @AfterEach
    void close() {
        store.close();
        s3.close();
    }

    /** The value of COPY_ENGINE. */
    String engine() {
        return "sdk";
    }

    /** A store with these settings beside those that reach the scripted server. */
    final S3Store store(Map<String, String> settings) {
        return open(settings(settings));
    }

    final S3Store open(S3StoreSettings settings) {
        return new S3Store(settings, clock, new S3ClientFactory(settings.client(), CREDENTIALS, AT_ONCE, threads));
    }

    /** A store that copies objects of more than {@code threshold} bytes in parts of {@code part} bytes. */
    final void reopenWithSizes(Map<String, String> settings, long threshold, long part) {
        store.close();
        S3StoreSettings large = settings(settings);
        store = open(new S3StoreSettings(large.client(), large.copies().withSizes(threshold, part)));
    }

    final S3StoreSettings settings(Map<String, String> others) {
        Map<String, String> values =
                new HashMap<>(Map.of("AWS_ENDPOINT_URL_S3", s3.endpoint().toString(), "S3_READ_TIMEOUT_SECONDS", "10"));
        values.put("COPY_ENGINE", engine());
        values.putAll(others);
        Environment env = new Environment(values);
        S3StoreSettings settings = S3StoreSettings.from(env);
        env.throwIfProblems();
        return settings;
    }

    final void reopen(Map<String, String> settings) {
        store.close();
        store = store(settings);
    }

    /** A store that stops its threads when it is closed, as in production. */
    final void reopenWithOwnThreads(S3StoreSettings settings) {
        store.close();
        threads = new NioEventLoopGroup(1);
        store = open(settings);
    }

    final void put(Location location, String content) {
        put(location, FakeObject.of(content));
    }

    final void put(Location location, FakeObject object) {
        s3.objects().put(name(location), object);
    }

    final FakeObject at(Location location) {
        return s3.objects().get(name(location));
    }

    static String name(Location location) {
        return location.container() + "/" + location.objectKey();
    }

    /** Makes a first copy, which probes the server, and clears the journal. */
    final void probeServer() {
        Location first = new Location("s3", "old", "first");
        put(first, "first");
        copy(first, new Location("s3", "new", "first"));
        s3.forget();
    }

    final CopyResult copy() {
        return copy(SOURCE, TARGET);
    }

    final CopyResult copy(Location source, Location target) {
        return store.serverSideCopy().copy(source, target).toCompletableFuture().join();
    }

    final Copied copied() {
        return (Copied) copy();
    }

    /** Copies, and asserts that the target wasn't written. */
    final Copied copiedWithoutWriting() {
        FakeObject before = at(TARGET);
        Copied copied = copied();
        assertThat(at(TARGET)).isSameAs(before);
        return copied;
    }

    final Refusal refused() {
        return (Refusal) copy();
    }

    final StoreUnavailable unavailable() {
        try {
            throw new AssertionError("Expected StoreUnavailable, got " + copy());
        } catch (CompletionException trouble) {
            return (StoreUnavailable) trouble.getCause();
        }
    }
}
