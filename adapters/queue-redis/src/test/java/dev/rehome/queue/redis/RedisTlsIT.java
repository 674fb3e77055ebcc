package dev.rehome.queue.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Unavailable;
import dev.rehome.common.settings.Secret;
import dev.rehome.embedded.CertificateAuthority;
import dev.rehome.embedded.CertificateAuthority.ServerCertificate;
import dev.rehome.embedded.EmbeddedRedis;
import dev.rehome.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificate and host name of a Redis with TLS are verified. */
class RedisTlsIT {
    @TempDir
    private static Path shared;

    private static CertificateAuthority authority;
    private static ServerCertificate valid;

    @TempDir
    private Path directory;

    @BeforeAll
    static void issue() throws IOException, GeneralSecurityException {
        authority = CertificateAuthority.in(shared.resolve("ca"));
        valid = authority.issue("server", "ip:127.0.0.1");
    }

    @Test
    void certificateOfThePrivateAuthorityIsAccepted() throws IOException {
        try (Server server = new Server(valid)) {
            assertThat(server.ping(ca())).isEqualTo("PONG");
            assertThat(server.ping(Optional.of(Files.readString(authority.certificate()))))
                    .as("PEM text")
                    .isEqualTo("PONG");
        }
    }

    @Test
    void certificateOfAnAuthorityThatTheJvmDoesNotKnowIsRejected() throws IOException {
        isRejected(valid, Optional.empty(), "unable to find valid certification path");
    }

    @Test
    void certificateOfAnotherAuthorityIsRejected() throws Exception {
        CertificateAuthority other = CertificateAuthority.in(shared.resolve("other"));
        isRejected(valid, Optional.of(other.certificate().toString()), "does not chain with any of the trust anchors");
    }

    @Test
    void certificateOfAnotherHostIsRejected() throws Exception {
        isRejected(authority.issue("other-host", "ip:127.0.0.2"), ca(), "127.0.0.1");
    }

    @Test
    void expiredCertificateIsRejected() throws Exception {
        isRejected(authority.issueExpired("expired", "ip:127.0.0.1"), ca(), "NotAfter");
    }

    private static Optional<String> ca() {
        return Optional.of(authority.certificate().toString());
    }

    private void isRejected(ServerCertificate certificate, Optional<String> ca, String reason) throws IOException {
        try (Server server = new Server(certificate)) {
            assertThatThrownBy(() -> server.ping(ca))
                    .isInstanceOf(Unavailable.class)
                    .satisfies(failure -> assertThat(failure).rootCause().hasMessageContaining(reason));
        }
    }

    private final class Server implements AutoCloseable {
        private final int port = FreePort.find();
        private final EmbeddedRedis redis;

        private Server(ServerCertificate certificate) throws IOException {
            this.redis = EmbeddedRedis.start(dev.rehome.embedded.RedisSettings.in(directory.resolve("redis"))
                    .withDirectives(
                            "tls-port " + port,
                            "tls-cert-file " + certificate.certificate(),
                            "tls-key-file " + certificate.key(),
                            "tls-auth-clients no"));
        }

        private String ping(Optional<String> ca) {
            RedisSettings settings = new RedisSettings("127.0.0.1", port, "", Secret.NONE, true, ca);
            try (RedisConnection connection = new RedisConnection(settings, 1)) {
                return connection.call(client -> client.ping());
            }
        }

        @Override
        public void close() {
            redis.close();
        }
    }
}
