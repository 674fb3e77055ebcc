package dev.rehome.emulation.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A private certificate authority, made with the JDK's keytool; it issues certificates for 127.0.0.1. */
public final class PrivateAuthority {
    private static final String PASSWORD = "changeit";
    private static final String SELF = "authority";

    private final Path directory;

    /** Creates the authority; its files go into the directory. */
    public PrivateAuthority(Path directory) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        generate(SELF, "-ext", "bc:c");
        keytool(SELF, "-exportcert", "-rfc", "-file", certificate().toString());
    }

    /** The authority's own certificate, as PEM. */
    public Path certificate() {
        return certificate(SELF);
    }

    /** The certificate that was issued under this name, as PEM. */
    public Path certificate(String name) {
        return directory.resolve(name + ".pem");
    }

    /** The private key of the certificate that was issued under this name, as PEM. */
    public Path key(String name) {
        return directory.resolve(name + ".key");
    }

    /** Issues a certificate that was valid from so many days ago on, for a number of days. */
    public void issue(String name, int daysAgo, int days)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path request = directory.resolve(name + ".csr");
        generate(name);
        keytool(name, "-certreq", "-file", request.toString());
        keytool(
                SELF,
                "-gencert",
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                certificate(name).toString(),
                "-ext",
                "san=ip:127.0.0.1",
                "-startdate",
                "-" + daysAgo + "d",
                "-validity",
                Integer.toString(days));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore(name))) {
            store.load(in, PASSWORD.toCharArray());
        }
        Key key = store.getKey(name, PASSWORD.toCharArray());
        Files.writeString(
                key(name),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private void generate(String name, String... options) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("-genkeypair", "-keyalg", "RSA", "-dname", "CN=" + name, "-validity", "30"));
        arguments.addAll(List.of(options));
        keytool(name, arguments.toArray(String[]::new));
    }

    private Path keyStore(String name) {
        return directory.resolve(name + ".p12");
    }

    private void keytool(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", name, "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", keyStore(name).toString(), "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
    }
}
