package dev.rehome.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority for tests of TLS, made with the JDK's keytool. */
public final class CertificateAuthority {
    /**
     * A server's certificate and private key, as PEM files.
     *
     * @param certificate the certificate
     * @param key the private key
     */
    public record ServerCertificate(Path certificate, Path key) {}

    private static final String PASSWORD = "changeit";

    private final Path directory;

    private CertificateAuthority(Path directory) {
        this.directory = directory;
    }

    /** Makes an authority; its files are kept in the directory, which is created. */
    public static CertificateAuthority in(Path directory) throws IOException, GeneralSecurityException {
        CertificateAuthority authority = new CertificateAuthority(Files.createDirectories(directory));
        authority.keytool(
                "-genkeypair", "ca", "-alias", "ca", "-keyalg", "RSA", "-dname", "CN=test ca", "-ext", "bc:c");
        authority.writePem(
                authority.certificate(),
                "CERTIFICATE",
                authority.keys("ca").getCertificate("ca").getEncoded());
        return authority;
    }

    /** The authority's own certificate, as a PEM file. */
    public Path certificate() {
        return directory.resolve("ca.pem");
    }

    /**
     * Issues a certificate that is valid today.
     *
     * @param host the subject alternative name in keytool's notation, such as {@code ip:127.0.0.1}
     */
    public ServerCertificate issue(String name, String host) throws IOException, GeneralSecurityException {
        return issue(name, host, "-1d", "30");
    }

    /** Issues a certificate that expired yesterday. */
    public ServerCertificate issueExpired(String name, String host) throws IOException, GeneralSecurityException {
        return issue(name, host, "-10d", "9");
    }

    private ServerCertificate issue(String name, String host, String start, String days)
            throws IOException, GeneralSecurityException {
        Path request = directory.resolve(name + ".csr");
        Path certificate = directory.resolve(name + ".pem");
        keytool("-genkeypair", name, "-alias", name, "-keyalg", "RSA", "-dname", "CN=" + name);
        keytool("-certreq", name, "-alias", name, "-file", request.toString());
        keytool(
                "-gencert",
                "ca",
                "-alias",
                "ca",
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString(),
                "-ext",
                "san=" + host,
                "-startdate",
                start,
                "-validity",
                days);
        return new ServerCertificate(certificate, privateKey(name));
    }

    private Path privateKey(String name) throws IOException, GeneralSecurityException {
        Path pem = directory.resolve(name + ".key");
        writePem(
                pem,
                "PRIVATE KEY",
                keys(name).getKey(name, PASSWORD.toCharArray()).getEncoded());
        return pem;
    }

    private KeyStore keys(String name) throws IOException, GeneralSecurityException {
        try (InputStream file = Files.newInputStream(store(name))) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(file, PASSWORD.toCharArray());
            return keys;
        }
    }

    private void writePem(Path file, String type, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Secret.write(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }

    private Path store(String name) {
        return directory.resolve(name + ".p12");
    }

    private void keytool(String command, String store, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                command,
                "-keystore",
                store(store).toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        all.addAll(List.of(arguments));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("keytool " + command + ": " + output);
        }
    }
}
