package dev.rehome.emulation.benchmark.s3;

import dev.rehome.emulation.seeding.SampleObject;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Serves the requests of one connection. Every bucket has all legacy objects and all copies. */
final class SyntheticS3Handler extends SimpleChannelInboundHandler<HttpObject> {
    /** A path that isn't part of S3's protocol and returns the counts of the journal. */
    static final String TOTALS = "/-/totals";

    /** A path that returns the bits of the journal. */
    static final String BITS = "/-/bits";

    private static final int PERCENT = 100;
    /** In the body of DeleteObjects; sample keys have nothing that XML would escape. */
    private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>");

    private final SyntheticS3Settings settings;
    private final SampleObjects objects;
    private final CopyJournal journal;
    private final SampleListing listing;
    private final RandomGenerator random;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
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
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws IOException {
        if (part.decoderResult().isFailure()) {
            context.close();
            return;
        }
        if (part instanceof HttpRequest head) {
            request = head;
            body.reset();
        }
        if (part instanceof HttpContent content) {
            content.content().readBytes(body, content.content().readableBytes());
        }
        if (part instanceof LastHttpContent) {
            send(context, respond(request));
        }
    }

    /** Sends a response from a handler's place in the pipeline, after the delay. */
    void send(ChannelHandlerContext context, Object response) {
        long delay = delayMicros();
        if (delay == 0) {
            context.writeAndFlush(response);
        } else {
            context.executor().schedule(() -> context.writeAndFlush(response), delay, TimeUnit.MICROSECONDS);
        }
    }

    private long delayMicros() {
        long jitter = TimeUnit.NANOSECONDS.toMicros(settings.jitter().toNanos());
        return TimeUnit.NANOSECONDS.toMicros(settings.latency().toNanos())
                + (jitter == 0 ? 0 : random.nextLong(jitter + 1));
    }

    private FullHttpResponse respond(HttpRequest asked) {
        QueryStringDecoder query = new QueryStringDecoder(asked.uri());
        String path = CopyHead.decoded(query.rawPath());
        String key = key(path);
        boolean bucket = path.indexOf('/', 1) < 0 || key.isEmpty();
        return switch (asked.method().name()) {
            case "PUT" -> put(asked, path, bucket);
            case "HEAD" -> bucket ? S3Responses.empty() : object(key, false);
            case "GET" -> get(query, path, key, bucket);
            case "POST" -> post(query);
            default -> S3Responses.error(HttpResponseStatus.NOT_IMPLEMENTED, "NotImplemented");
        };
    }

    /** The key in a path that begins with a slash and a bucket. */
    private static String key(String path) {
        return path.substring(Math.max(path.indexOf('/', 1) + 1, 1));
    }

    private FullHttpResponse put(HttpRequest asked, String path, boolean bucket) {
        HttpHeaders headers = asked.headers();
        String source = headers.get(CopyHead.SOURCE);
        if (source != null) {
            return copy(new CopyHead(
                            path,
                            CopyHead.decoded(source),
                            Optional.ofNullable(headers.get(CopyHead.SOURCE_IF_MATCH)),
                            headers.contains(CopyHead.IF_NONE_MATCH)))
                    .response();
        }
        return bucket ? S3Responses.empty() : S3Responses.error(HttpResponseStatus.NOT_IMPLEMENTED, "NotImplemented");
    }

    private FullHttpResponse get(QueryStringDecoder query, String path, String key, boolean bucket) {
        if (query.parameters().containsKey("location")) {
            return S3Responses.location();
        }
        if (query.parameters().containsKey("acl")) {
            return S3Responses.error(HttpResponseStatus.NOT_IMPLEMENTED, "NotImplemented");
        }
        return switch (path) {
            case TOTALS -> S3Responses.of("text/plain", journal.totals().getBytes(StandardCharsets.UTF_8));
            case BITS -> S3Responses.of("application/octet-stream", journal.bits());
            default -> bucket ? S3Responses.xml(listing.page(query)) : object(key, true);
        };
    }

    /** Deletes legacy objects; other keys count as deleted, although copies are kept. */
    private FullHttpResponse post(QueryStringDecoder query) {
        if (!query.parameters().containsKey("delete")) {
            return S3Responses.error(HttpResponseStatus.NOT_IMPLEMENTED, "NotImplemented");
        }
        List<String> keys = KEY.matcher(body.toString(StandardCharsets.UTF_8))
                .results()
                .map(found -> found.group(1))
                .toList();
        keys.forEach(key -> journal.delete(objects.legacy(key)));
        return S3Responses.deleted(keys);
    }

    /** Makes a copy, or rejects it. */
    CopyReply copy(CopyHead asked) {
        if (settings.slowDownPercent() > 0 && random.nextDouble(PERCENT) < settings.slowDownPercent()) {
            journal.slowedDown();
            return CopyReply.error(HttpResponseStatus.SERVICE_UNAVAILABLE, "SlowDown");
        }
        long id = objects.legacy(asked.source().substring(asked.source().indexOf('/', 1) + 1));
        if (id == 0 || journal.isDeleted(id)) {
            return CopyReply.error(HttpResponseStatus.NOT_FOUND, "NoSuchKey");
        }
        if (asked.sourceIfMatch()
                .filter(expected -> !expected.replace("\"", "")
                        .equals(SampleObjects.etag(id).replace("\"", "")))
                .isPresent()) {
            return CopyReply.error(HttpResponseStatus.PRECONDITION_FAILED, "PreconditionFailed");
        }
        String target = key(asked.path());
        if (objects.target(target) != id) {
            journal.strange(asked.source() + " was copied to " + target);
        }
        return journal.copy(id, asked.onlyIfAbsent())
                ? CopyReply.copied(id)
                : CopyReply.error(HttpResponseStatus.PRECONDITION_FAILED, "PreconditionFailed");
    }

    private FullHttpResponse object(String key, boolean body) {
        long id = objects.legacy(key);
        if (id == 0 || journal.isDeleted(id)) {
            long copied = objects.target(key);
            id = copied > 0 && journal.isCopied(copied) ? copied : 0;
        }
        if (id == 0) {
            return body ? S3Responses.error(HttpResponseStatus.NOT_FOUND, "NoSuchKey") : S3Responses.missing();
        }
        SampleObject object = objects.object(id).orElseThrow();
        return S3Responses.object(object, body);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The client has closed the connection; it repeats requests that got no response.
        context.close();
    }
}
