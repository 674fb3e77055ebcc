package dev.rehome.emulation.benchmark.s3;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * An S3 server without objects: it serves HEAD, GET, listings, CopyObject and DeleteObjects as if the objects of the sample rows existed,
 * honours {@code If-None-Match} and {@code x-amz-copy-source-if-match}, and records the copies in a {@link CopyJournal}. It
 * verifies no signatures, accepts any bucket and listens on the loopback only.
 */
public final class SyntheticS3 implements AutoCloseable {
    private static final int WAITING_CONNECTIONS = 4_096;

    private final EventLoopGroup loops;
    private final Channel listening;
    private final boolean tls;

    /** Starts it with this many threads; {@code seed} determines all delays and rejections. */
    public SyntheticS3(SyntheticS3Settings settings, int threads, long seed) throws SSLException {
        CopyJournal journal = new CopyJournal(settings.rows());
        SampleListing listing = new SampleListing(settings, journal);
        SplittableRandom random = new SplittableRandom(seed);
        SslContext encryption = settings.tls().isEmpty()
                ? null
                : SslContextBuilder.forServer(
                                settings.tls().get().certificate().toFile(),
                                settings.tls().get().key().toFile())
                        .build();
        this.tls = encryption != null;
        this.loops = new NioEventLoopGroup(threads, new DefaultThreadFactory("synthetic-s3", true));
        this.listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, WAITING_CONNECTIONS)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (encryption != null) {
                            channel.pipeline().addLast(encryption.newHandler(channel.alloc()));
                        }
                        SplittableRandom own;
                        synchronized (random) {
                            own = random.split();
                        }
                        SyntheticS3Handler server = new SyntheticS3Handler(settings, journal, listing, own);
                        channel.pipeline().addLast(new LeanCopies(server), new HttpServerCodec(), server);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), settings.port())
                .syncUninterruptibly()
                .channel();
    }

    /** The URL of the server. */
    public URI endpoint() {
        return URI.create(
                (tls ? "https" : "http") + "://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort());
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
