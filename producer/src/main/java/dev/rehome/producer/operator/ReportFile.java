package dev.rehome.producer.operator;

import dev.rehome.common.process.DigestAlgorithm;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** One file of a report while it is written. */
final class ReportFile implements AutoCloseable {
    /**
     * A file that is complete and in its place.
     *
     * @param name its name
     * @param records its lines without the header
     * @param bytes its size
     * @param sha256 of its bytes, in lower-case hexadecimal digits
     */
    record Published(String name, long records, long bytes, String sha256) {}

    private final ReportDestination destination;
    private final String name;
    private final Path path;
    private final MessageDigest digest;
    private final OutputStream out;
    private long records;

    ReportFile(ReportDestination destination, String name) throws IOException {
        this.destination = destination;
        this.name = name;
        this.path = destination.scratch(name);
        this.digest = DigestAlgorithm.SHA_256.start();
        this.out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(path), 1 << 16), digest);
    }

    /** Writes a text that isn't a record. */
    void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a record. */
    void record(String line) throws IOException {
        write(line);
        records++;
    }

    long records() {
        return records;
    }

    /** Completes the file and moves it to its place. */
    Published publish() throws IOException {
        out.close();
        long bytes = Files.size(path);
        destination.publish(path, name);
        return new Published(name, records, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    /** Deletes a file that wasn't published. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(path);
    }
}
