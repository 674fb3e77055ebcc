package dev.rehome.emulation.benchmark.s3;

import dev.rehome.embedded.ChildJvm;
import dev.rehome.emulation.EmulationMain;
import dev.rehome.emulation.migration.Servers;
import dev.rehome.emulation.process.MigrationProcess;
import dev.rehome.emulation.process.ResourceUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** A synthetic server in a process of its own, which ends with this one. */
public final class SyntheticS3Process implements AutoCloseable {
    private final MigrationProcess process;
    private final URI endpoint;

    /** Starts it and waits until it serves; its output is appended to the log. */
    public SyntheticS3Process(SyntheticS3Settings settings, Path log) {
        List<String> command = new ArrayList<>(List.of(
                ChildJvm.program().toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                EmulationMain.class.getName(),
                "synthetic-s3"));
        command.addAll(List.of("--port", Integer.toString(settings.port())));
        command.addAll(List.of("--rows", Long.toString(settings.rows())));
        command.addAll(List.of("--object-size", Integer.toString(settings.objectSize())));
        command.addAll(List.of("--latency", Long.toString(settings.latency().toMillis())));
        command.addAll(List.of("--jitter", Long.toString(settings.jitter().toMillis())));
        command.addAll(List.of("--slow-down", Double.toString(settings.slowDownPercent())));
        command.addAll(List.of("--parent", Long.toString(ProcessHandle.current().pid())));
        settings.tls()
                .ifPresent(tls -> command.addAll(List.of(
                        "--certificate",
                        tls.certificate().toString(),
                        "--key",
                        tls.key().toString())));
        this.process = new MigrationProcess("synthetic-s3", command, Map.of(), log);
        process.awaitLog(SyntheticS3Command.READY);
        this.endpoint = URI.create(process.log()
                .lines()
                .filter(line -> line.startsWith(SyntheticS3Command.READY))
                .reduce((earlier, last) -> last)
                .orElseThrow()
                .substring(SyntheticS3Command.READY.length()));
    }

    /** The URL of the server. */
    public URI endpoint() {
        return endpoint;
    }

    /** Its URL with credentials, of which it accepts any. */
    public Servers.S3Endpoint access() {
        return new Servers.S3Endpoint(endpoint, "any", "any");
    }

    /** The id of the process. */
    public long pid() {
        return process.pid();
    }

    /** Its use of resources so far. */
    public ResourceUse use() {
        return ResourceUse.of(process.pid());
    }

    /** Its counts so far. */
    public SyntheticTotals totals() {
        return SyntheticTotals.parse(get(SyntheticS3Handler.TOTALS, BodyHandlers.ofString()));
    }

    /** The numbers of the rows whose object was copied. */
    public BitSet copied() {
        return BitSet.valueOf(get(SyntheticS3Handler.BITS, BodyHandlers.ofByteArray()));
    }

    private <T> T get(String path, BodyHandler<T> body) {
        try {
            HttpResponse<T> response = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(endpoint.resolve(path)).build(), body);
            return response.body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
