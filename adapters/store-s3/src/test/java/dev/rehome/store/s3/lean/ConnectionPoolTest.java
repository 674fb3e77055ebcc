package dev.rehome.store.s3.lean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.embedded.CertificateAuthority;
import dev.rehome.store.s3.lean.HttpConnection.Call;
import dev.rehome.store.s3.lean.HttpConnection.Reply;
import dev.rehome.store.s3.lean.LeanCopyEngine.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connections of the lean engine against a server that falls silent, refuses to end, or is slow. */
class ConnectionPoolTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final int CONNECTIONS = 4;

    private final NioEventLoopGroup threads = new NioEventLoopGroup(1);
    private final EventLoop loop = threads.next();

    @AfterEach
    void stop() {
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\ncontent-le",
                "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n<Copy",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n<Copy\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n"
            })
    void requestFailsWhenTheServerFallsSilent(String beforeSilence) throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(Optional.empty(), channel -> ScriptedServer.send(channel, beforeSilence))) {
            CompletableFuture<Reply> reply = send(pool(server, new Limits(1, LONG, LONG, SHORT, LONG), null));

            assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(IOException.class)
                    .hasMessageContaining("time limit");
        }
    }

    @Test
    void requestFailsAlthoughBytesKeepComing() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Optional.empty(), channel -> {
            ScriptedServer.send(channel, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
            channel.eventLoop()
                    .scheduleAtFixedRate(
                            () -> ScriptedServer.send(channel, "1\r\n \r\n"), 50, 50, TimeUnit.MILLISECONDS);
        })) {
            CompletableFuture<Reply> reply = send(pool(server, new Limits(1, LONG, LONG, LONG, SHORT), null));

            assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS)).hasMessageContaining("time limit");
        }
    }

    @Test
    void requestsBeyondTheConnectionsWait() throws Exception {
        Queue<Channel> held = new ArrayDeque<>();
        try (ScriptedServer server = new ScriptedServer(Optional.empty(), channel -> {
            held.add(channel);
            if (held.size() == CONNECTIONS) {
                held.forEach(each -> ScriptedServer.send(each, ScriptedServer.OK));
                held.clear();
            }
        })) {
            ConnectionPool pool = pool(server, new Limits(CONNECTIONS, LONG, LONG, LONG, LONG), null);
            List<CompletableFuture<Reply>> replies =
                    Stream.generate(() -> send(pool)).limit(12 * CONNECTIONS).toList();

            for (CompletableFuture<Reply> reply : replies) {
                assertThat(reply.get(10, TimeUnit.SECONDS).body()).isEqualTo("ok");
            }
            assertThat(server.connections()).isEqualTo(CONNECTIONS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nothers", "HTTP/1.1 200 OK\r\ncontent-le"})
    void bytesAfterAResponseAreNotTakenForTheNextOne(String surplus) throws Exception {
        try (ScriptedServer server = new ScriptedServer(Optional.empty(), new Consumer<>() {
            private String following = surplus;

            @Override
            public void accept(Channel channel) {
                ScriptedServer.send(channel, ScriptedServer.OK + following);
                following = "";
            }
        })) {
            ConnectionPool pool = pool(server, new Limits(1, LONG, LONG, LONG, LONG), null);
            CompletableFuture<Reply> first = send(pool);
            CompletableFuture<Reply> second = send(pool);

            assertThat(first.get(10, TimeUnit.SECONDS).body()).isEqualTo("ok");
            assertThat(second.get(10, TimeUnit.SECONDS).body()).isEqualTo("ok");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void requestFailsWhenNoMoreHostNamesAreLookedUp() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Optional.empty(), channel -> {})) {
            Addresses closed = new Addresses(task -> {
                throw new RejectedExecutionException("closed");
            });
            CompletableFuture<Reply> reply = send(pool(server, new Limits(1, LONG, LONG, LONG, LONG), closed, null));

            assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS)).hasMessageContaining("can't connect");
        }
    }

    @Test
    void laterConnectionsResumeTheTlsSession(@TempDir Path directory) throws Exception {
        CertificateAuthority authority = CertificateAuthority.in(directory);
        CertificateAuthority.ServerCertificate issued = authority.issue("server", "ip:127.0.0.1");
        SslContext encryption = SslContextBuilder.forServer(
                        issued.certificate().toFile(), issued.key().toFile())
                .build();
        CountingTrust trust = CountingTrust.in(authority.certificate());
        try (ScriptedServer server = new ScriptedServer(
                Optional.of(encryption),
                channel -> ScriptedServer.send(
                        channel, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"))) {
            ConnectionPool pool = pool(
                    server,
                    new Limits(1, LONG, LONG, LONG, LONG),
                    SslContextBuilder.forClient()
                            .trustManager(trust)
                            .endpointIdentificationAlgorithm("HTTPS")
                            .build());
            for (int i = 0; i < 3; i++) {
                assertThat(send(pool).get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
            }

            assertThat(server.connections()).isEqualTo(3);
            assertThat(trust.checks()).as("full handshakes").isOne();
        }
    }

    private ConnectionPool pool(ScriptedServer server, Limits limits, SslContext tls)
            throws InterruptedException, ExecutionException {
        return pool(server, limits, new Addresses(Runnable::run), tls);
    }

    private ConnectionPool pool(ScriptedServer server, Limits limits, Addresses addresses, SslContext tls)
            throws InterruptedException, ExecutionException {
        return loop.submit(
                        () -> new ConnectionPool(loop, server.endpoint(), limits.connections(), limits, addresses, tls))
                .get();
    }

    private CompletableFuture<Reply> send(ConnectionPool pool) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        loop.execute(() -> pool.send(new Call() {
            @Override
            public void write(ByteBuf request) {
                request.writeCharSequence("PUT / HTTP/1.1\r\ncontent-length: 0\r\n\r\n", StandardCharsets.US_ASCII);
            }

            @Override
            public void responded(Reply response) {
                reply.complete(response);
            }

            @Override
            public void failed(Throwable cause) {
                reply.completeExceptionally(cause);
            }
        }));
        return reply;
    }
}
