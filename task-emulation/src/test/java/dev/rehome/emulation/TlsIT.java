package dev.rehome.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.embedded.CertificateAuthority;
import dev.rehome.embedded.CertificateAuthority.ServerCertificate;
import dev.rehome.embedded.FreePort;
import dev.rehome.embedded.MariaDbSettings;
import dev.rehome.embedded.ObjectStoreSettings;
import dev.rehome.embedded.RedisSettings;
import dev.rehome.emulation.guarantee.Guarantees;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.migration.EmulatedMigrationExtension;
import dev.rehome.emulation.migration.Servers;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MariaDB and Redis accept connections over TLS only, with certificates of a private authority. */
final class TlsIT {
    private static final String PRESENTED = "presented";

    @TempDir
    private Path directory;

    @Test
    void migrationTrustsItsAuthorityAndNoOtherAndNoExpiredCertificate() throws Exception {
        CertificateAuthority authority = CertificateAuthority.in(directory.resolve("authority"));
        CertificateAuthority other = CertificateAuthority.in(directory.resolve("other"));
        present(authority.issue("valid", "ip:127.0.0.1"));
        int redisPort = FreePort.find();
        try (Servers servers = servers(redisPort);
                EmulatedMigration migration = EmulatedMigrationExtension.on(servers, "tls")) {
            migration
                    .seed(60)
                    .with("DATABASE_TLS", "verify-full")
                    .with("DATABASE_TLS_CA", authority.certificate())
                    .with("REDIS_PORT", redisPort)
                    .with("REDIS_TLS", true)
                    .with("REDIS_TLS_CA", authority.certificate())
                    .with("STARTUP_WAIT_SECONDS", 2);
            migration.execute("ALTER USER " + EmulatedMigration.ACCOUNT + " REQUIRE SSL");

            assertRejected(
                    migration, Map.of("DATABASE_TLS_CA", other.certificate().toString()));
            assertRejected(migration, Map.of("REDIS_TLS_CA", other.certificate().toString()));

            try (Guarantees guarantees = new Guarantees(migration)) {
                MigrationProgram producer = migration.producer();
                migration.consumer();
                guarantees.hold(producer, 0);
            }

            present(authority.issueExpired("expired", "ip:127.0.0.1"));
            migration.execute("FLUSH SSL");
            assertRejected(migration, Map.of());
        }
    }

    /** The plan ends with an error that names the certificate. */
    private static void assertRejected(EmulatedMigration migration, Map<String, String> variables) {
        MigrationProgram plan = migration.producer(variables, "plan");
        assertThat(plan.exitCode(Await.STEP)).as(plan.tail()).isNotZero();
        assertThat(plan.log()).containsPattern("(?i)certificat|certification path|PKIX");
    }

    private Servers servers(int redisPort) {
        String certificate = directory.resolve(PRESENTED + ".pem").toString();
        String key = directory.resolve(PRESENTED + ".key").toString();
        return new Servers(
                MariaDbSettings.in(directory.resolve("mariadb"))
                        .withServerArguments("--ssl", "--ssl-cert=" + certificate, "--ssl-key=" + key),
                RedisSettings.in(directory.resolve("redis"))
                        .withDirectives(
                                "tls-port " + redisPort,
                                "tls-cert-file " + certificate,
                                "tls-key-file " + key,
                                "tls-auth-clients no"),
                ObjectStoreSettings.in(directory.resolve("s3"), "unused").withMaxHeapMebibytes(256));
    }

    /** Puts a certificate where the servers read theirs. */
    private void present(ServerCertificate certificate) throws Exception {
        Files.copy(
                certificate.certificate(), directory.resolve(PRESENTED + ".pem"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(certificate.key(), directory.resolve(PRESENTED + ".key"), StandardCopyOption.REPLACE_EXISTING);
    }
}
