package dev.rehome.emulation.benchmark.s3;

import dev.rehome.emulation.seeding.SampleObject;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Answers the requests of one connection. The source is any bucket; whatever is copied is in the target. */
final class SyntheticS3Handler extends SimpleChannelInboundHandler<HttpObject> {
    /** Where the journal is read, past S3's protocol. */
    static final String TOTALS = "/-/totals";

    static final String BITS = "/-/bits";

    private static final int PERCENT = 100;

    private final SyntheticS3Settings settings;
    private final SampleObjects objects;
    private final CopyJournal journal;
    private final SampleListing listing;
    private final RandomGenerator random;
    private HttpRequest request;

    /** {@code random}: for this connection alone. */
    SyntheticS3Handler(
            SyntheticS3Settings settings, CopyJournal journal, SampleListing listing, RandomGenerator random) {
        this.settings = settings;
        this.objects = new SampleObjects(settings.rows(), settings.objectSize());
        this.journal = journal;
        this.listing = listing;
        this.random = random;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            context.close();
            return;
        }
        if (part instanceof HttpRequest head) {
            request = head;
        }
        if (part instanceof LastHttpContent) {
            FullHttpResponse response = respond(request);
            long delay = delayMicros();
            if (delay == 0) {
                context.writeAndFlush(response);
            } else {
                context.executor().schedule(() -> context.writeAndFlush(response), delay, TimeUnit.MICROSECONDS);
            }
        }
    }

    private long delayMicros() {
        long jitter = TimeUnit.NANOSECONDS.toMicros(settings.jitter().toNanos());
        return TimeUnit.NANOSECONDS.toMicros(settings.latency().toNanos())
                + (jitter == 0 ? 0 : random.nextLong(jitter + 1));
    }

    private FullHttpResponse respond(HttpRequest asked) {
        String uri = asked.uri();
        int query = uri.indexOf('?');
        String path = decoded(query < 0 ? uri : uri.substring(0, query));
        String key = path.substring(Math.max(path.indexOf('/', 1) + 1, 1));
        boolean bucket = path.indexOf('/', 1) < 0 || key.isEmpty();
        return switch (asked.method().name()) {
            case "PUT" -> put(asked, key, bucket);
            case "HEAD" -> bucket ? S3Responses.empty() : object(key, false);
            case "GET" -> get(uri, path, key, bucket);
            default -> S3Responses.error(HttpResponseStatus.NOT_IMPLEMENTED, "NotImplemented");
        };
    }

    private FullHttpResponse put(HttpRequest asked, String key, boolean bucket) {
        String source = asked.headers().get("x-amz-copy-source");
        if (source != null) {
            return copy(asked, decoded(source), key);
        }
        return bucket ? S3Responses.empty() : S3Responses.error(HttpResponseStatus.NOT_IMPLEMENTED, "NotImplemented");
    }

    private FullHttpResponse get(String uri, String path, String key, boolean bucket) {
        Set<String> query = new QueryStringDecoder(uri).parameters().keySet();
        if (query.contains("location")) {
            return S3Responses.location();
        }
        if (query.contains("acl")) {
            return S3Responses.error(HttpResponseStatus.NOT_IMPLEMENTED, "NotImplemented");
        }
        return switch (path) {
            case TOTALS -> S3Responses.of("text/plain", journal.totals().getBytes(StandardCharsets.UTF_8));
            case BITS -> S3Responses.of("application/octet-stream", journal.bits());
            default -> bucket ? S3Responses.listing(listing.page(new QueryStringDecoder(uri))) : object(key, true);
        };
    }

    private FullHttpResponse copy(HttpRequest asked, String source, String target) {
        if (settings.slowDownPercent() > 0 && random.nextDouble(PERCENT) < settings.slowDownPercent()) {
            journal.slowedDown();
            return S3Responses.error(HttpResponseStatus.SERVICE_UNAVAILABLE, "SlowDown");
        }
        long id = objects.legacy(source.substring(source.indexOf('/', 1) + 1));
        if (id == 0) {
            return S3Responses.error(HttpResponseStatus.NOT_FOUND, "NoSuchKey");
        }
        String expected = asked.headers().get("x-amz-copy-source-if-match");
        if (expected != null
                && !expected.replace("\"", "").equals(SampleObjects.etag(id).replace("\"", ""))) {
            return S3Responses.error(HttpResponseStatus.PRECONDITION_FAILED, "PreconditionFailed");
        }
        if (objects.target(target) != id) {
            journal.strange(source + " was copied to " + target);
        }
        return journal.copy(id, asked.headers().contains("if-none-match"))
                ? S3Responses.copied(id)
                : S3Responses.error(HttpResponseStatus.PRECONDITION_FAILED, "PreconditionFailed");
    }

    private FullHttpResponse object(String key, boolean body) {
        long id = objects.legacy(key);
        if (id == 0) {
            long copied = objects.target(key);
            id = copied > 0 && journal.isCopied(copied) ? copied : 0;
        }
        if (id == 0) {
            return body ? S3Responses.error(HttpResponseStatus.NOT_FOUND, "NoSuchKey") : S3Responses.missing();
        }
        SampleObject object = objects.object(id).orElseThrow();
        return S3Responses.object(object, body);
    }

    private static String decoded(String path) {
        return path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A client that goes away; what it did not receive, it asks for again.
        context.close();
    }
}
