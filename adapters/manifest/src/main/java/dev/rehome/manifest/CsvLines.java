package dev.rehome.manifest;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.rehome.common.Rejected;
import dev.rehome.common.process.DigestAlgorithm;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;

/**
 * Reads a manifest once, line by line: CSV as in RFC 4180 without its empty lines, decompressed if it is gzip. The bytes of
 * a field are passed on as they are, one per character, so that each field can be decoded, and rejected, on its own. Not
 * safe for use by several threads.
 */
final class CsvLines implements Iterator<CsvLines.Line>, AutoCloseable {
    /**
     * A line.
     *
     * @param number the number of its first line in the file, from 1
     * @param fields the fields, with one character per byte
     */
    record Line(long number, List<String> fields) {
        Line {
            fields = List.copyOf(fields);
        }
    }

    private static final int BUFFER = 1 << 16;
    private static final int[] UTF_8_MARK = {0xEF, 0xBB, 0xBF};

    private final DigestInputStream raw;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private long last;
    private String digest = "";

    /** Opens a file; every method throws {@link Rejected} if it isn't readable or isn't valid CSV. */
    CsvLines(Path file) {
        this.raw = open(file);
        try {
            this.reader = CsvReader.builder()
                    .skipEmptyLines(true)
                    // The number of fields is checked together with everything else in the line.
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .ofCsvRecord(withoutMark(decompressed(raw)), StandardCharsets.ISO_8859_1);
            this.records = reader.iterator();
        } catch (IOException unreadable) {
            closeQuietly(unreadable);
            throw unreadable(unreadable);
        } catch (RuntimeException failure) {
            closeQuietly(failure);
            throw failure;
        }
    }

    private static DigestInputStream open(Path file) {
        try {
            return new DigestInputStream(
                    new BufferedInputStream(Files.newInputStream(file), BUFFER), DigestAlgorithm.SHA_256.start());
        } catch (IOException unreadable) {
            throw new Rejected("MANIFEST can't be read: " + unreadable + ".", unreadable);
        }
    }

    private void closeQuietly(Exception failure) {
        try {
            raw.close();
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    /** Recognises gzip by its first two bytes (RFC 1952), because file names may be wrong. */
    private static InputStream decompressed(DigestInputStream raw) throws IOException {
        // The two bytes are read twice and must enter the digest once.
        raw.on(false);
        raw.mark(2);
        boolean packed = raw.read() == 0x1F && raw.read() == 0x8B;
        raw.reset();
        raw.on(true);
        return new BufferedInputStream(packed ? new GZIPInputStream(raw, BUFFER) : raw, BUFFER);
    }

    private static InputStream withoutMark(InputStream in) throws IOException {
        in.mark(UTF_8_MARK.length);
        int first = in.read();
        int second = in.read();
        if ((first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE)) {
            throw new Rejected("MANIFEST is encoded in UTF-16: save it as UTF-8.");
        }
        if (first != UTF_8_MARK[0] || second != UTF_8_MARK[1] || in.read() != UTF_8_MARK[2]) {
            in.reset();
        }
        return in;
    }

    @Override
    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (CsvParseException malformed) {
            throw new Rejected(
                    "MANIFEST isn't valid CSV (RFC 4180) after line " + last + ": " + malformed.getMessage()
                            + ". Put fields that contain commas, quotes or line breaks in quotes, and double the"
                            + " quotes in them.",
                    malformed);
        } catch (UncheckedIOException unreadable) {
            throw unreadable(unreadable.getCause());
        }
    }

    @Override
    public Line next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        CsvRecord record = records.next();
        last = record.getStartingLineNumber();
        return new Line(last, record.getFields());
    }

    private Rejected unreadable(IOException failure) {
        return new Rejected("MANIFEST can't be read after line " + last + ": " + failure.getMessage() + ".", failure);
    }

    /** Reads the file to its end and returns the SHA-256 of its bytes, as stored, in hexadecimal digits. */
    String digest() {
        if (digest.isEmpty()) {
            try {
                raw.transferTo(OutputStream.nullOutputStream());
            } catch (IOException failure) {
                throw unreadable(failure);
            }
            digest = HexFormat.of().formatHex(raw.getMessageDigest().digest());
        }
        return digest;
    }

    @Override
    public void close() {
        try {
            reader.close();
            raw.close();
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }
}
