package dev.rehome.emulation.benchmark.engine;

import dev.rehome.embedded.CertificateAuthority;
import dev.rehome.emulation.benchmark.s3.SyntheticS3Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

/**
 * A certificate for 127.0.0.1, and a trust store of the JVM's for its authority.
 *
 * @param server the certificate and its key
 * @param trustStore PKCS12, with {@link #PASSWORD}
 */
record PrivateCertificate(SyntheticS3Settings.Tls server, Path trustStore) {
    /** No secret: the trust store has public certificates only. */
    static final String PASSWORD = "changeit";

    static PrivateCertificate in(Path directory) throws IOException, GeneralSecurityException {
        CertificateAuthority authority = CertificateAuthority.in(directory);
        CertificateAuthority.ServerCertificate issued = authority.issue("server", "ip:127.0.0.1");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream certificate = Files.newInputStream(authority.certificate())) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        Path store = directory.resolve("trusted.p12");
        try (OutputStream file = Files.newOutputStream(store)) {
            trusted.store(file, PASSWORD.toCharArray());
        }
        return new PrivateCertificate(new SyntheticS3Settings.Tls(issued.certificate(), issued.key()), store);
    }
}
