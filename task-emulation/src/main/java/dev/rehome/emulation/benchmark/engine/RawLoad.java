package dev.rehome.emulation.benchmark.engine;

import dev.rehome.emulation.seeding.SampleRow;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The upper bound of an engine: sends the same requests over the same codec with a constant in place of the signature, and
 * reads only the status of the response.
 */
final class RawLoad extends LoadGenerator {
    private static final String AUTHORIZATION =
            "AWS4-HMAC-SHA256 Credential=any/20260101/eu-central-1/s3/aws4_request, "
                    + "SignedHeaders=host;if-none-match;x-amz-content-sha256;x-amz-copy-source;x-amz-date, Signature="
                    + "0".repeat(64);

    private final EventLoopGroup loops = new NioEventLoopGroup(2);
    private final URI endpoint;
    private final SslContext tls;
    private volatile boolean stopping;

    RawLoad(URI endpoint, long firstRow) throws SSLException {
        super(firstRow);
        this.endpoint = endpoint;
        this.tls = "https".equals(endpoint.getScheme())
                ? SslContextBuilder.forClient().build()
                : null;
    }

    @Override
    void start(int inFlight) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (tls != null) {
                            channel.pipeline()
                                    .addLast(tls.newHandler(channel.alloc(), endpoint.getHost(), endpoint.getPort()));
                        }
                        channel.pipeline().addLast(new HttpClientCodec(), new Copies());
                    }
                });
        for (int i = 0; i < inFlight; i++) {
            bootstrap.connect(endpoint.getHost(), endpoint.getPort()).addListener(connected -> {
                if (!connected.isSuccess()) {
                    failed("can't connect to " + endpoint + ": " + connected.cause());
                }
            });
        }
    }

    private FullHttpRequest request(SampleRow row) {
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.PUT, "/new/" + encoded(row.expectedLocation()), Unpooled.EMPTY_BUFFER);
        request.headers()
                .set(HttpHeaderNames.HOST, endpoint.getAuthority())
                .set(HttpHeaderNames.CONTENT_LENGTH, 0)
                .set(HttpHeaderNames.USER_AGENT, "rehome")
                .set("if-none-match", "*")
                .set("x-amz-content-sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
                .set("x-amz-copy-source", "legacy/" + encoded(row.location()))
                .set("x-amz-date", "20260101T000000Z")
                .set(HttpHeaderNames.AUTHORIZATION, AUTHORIZATION);
        return request;
    }

    private static String encoded(String key) {
        return key.chars().allMatch(RawLoad::isPlain)
                ? key
                : URLEncoder.encode(key, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/");
    }

    private static boolean isPlain(int letter) {
        return letter < 128 && (Character.isLetterOrDigit(letter) || "/._-".indexOf(letter) >= 0);
    }

    @Override
    public void close() {
        stopping = true;
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** One copy after the other on one connection. */
    private final class Copies extends SimpleChannelInboundHandler<HttpObject> {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(request(next()));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part instanceof HttpResponse response && response.status().code() != 200) {
                failed("the server responded with " + response.status());
            }
            if (part instanceof LastHttpContent && !stopping) {
                copied();
                context.writeAndFlush(request(next()));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!stopping) {
                failed("the server closed a connection");
            }
        }
    }
}
