package dev.rehome.queue.redis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority that the JVM doesn't know, given as PEM. */
final class PrivateAuthority {
    private PrivateAuthority() {}

    /**
     * The certificates.
     *
     * @param ca a PEM file, or PEM text
     * @throws IllegalArgumentException if it contains no certificate
     */
    static Collection<? extends Certificate> load(String ca) {
        try {
            byte[] pem = ca.stripLeading().startsWith("-----BEGIN")
                    ? ca.getBytes(StandardCharsets.US_ASCII)
                    : Files.readAllBytes(Path.of(ca));
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("expected a PEM certificate, found none in it");
            }
            return certificates;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("expected a readable PEM file or PEM text: " + unreadable, unreadable);
        } catch (CertificateException invalid) {
            throw new IllegalArgumentException("expected a PEM certificate: " + invalid.getMessage(), invalid);
        }
    }

    /** Sockets that trust servers certified by it, and no others. */
    static SSLSocketFactory sockets(String ca) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate each : load(ca)) {
                trusted.setCertificateEntry("ca-" + trusted.size(), each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
