package dev.rehome.manifest;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.rehome.common.Rejected;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * One reading of a manifest, line by line: CSV as in RFC 4180, empty lines left out, unpacked where it is packed by
 * gzip. Bytes are handed on as they are, one to a character: whether they are text is decided field by field. Not safe for
 * use by several threads.
 */
final class ManifestLines implements Iterator<Line>, AutoCloseable {
    /** What is read is no CSV; behind it nothing can be told apart. */
    static final class NotCsv extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long behind;

        private NotCsv(long behind, String message) {
            super(message);
            this.behind = behind;
        }

        /** The line before; 0 when it is the first. */
        long behind() {
            return behind;
        }
    }

    private static final int BUFFER = 1 << 16;
    private static final int[] UTF_8_MARK = {0xEF, 0xBB, 0xBF};

    private final DigestInputStream raw;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private long last;
    private String digest = "";

    /** Opens a file; the caller closes it. */
    ManifestLines(Path file) throws IOException {
        this.raw = new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER), sha256());
        try {
            this.reader = CsvReader.builder()
                    .skipEmptyLines(true)
                    // How many fields a line may have is judged with all its other problems.
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .ofCsvRecord(withoutMark(unpacked(raw)), StandardCharsets.ISO_8859_1);
            this.records = reader.iterator();
        } catch (IOException | RuntimeException failure) {
            raw.close();
            throw failure;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** By the two bytes that every gzip file begins with (RFC 1952): names may lie. */
    private static InputStream unpacked(DigestInputStream raw) throws IOException {
        // What is looked at twice must be digested once.
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
            throw new Rejected("MANIFEST is written in UTF-16: save it as UTF-8.");
        }
        if (first != UTF_8_MARK[0] || second != UTF_8_MARK[1] || in.read() != UTF_8_MARK[2]) {
            in.reset();
        }
        return in;
    }

    @Override
    public boolean hasNext() {
        return reading(Iterator::hasNext);
    }

    @Override
    public Line next() {
        CsvRecord record = reading(Iterator::next);
        last = record.getStartingLineNumber();
        return new Line(last, record.getFields());
    }

    private <T> T reading(Function<Iterator<CsvRecord>, T> step) {
        try {
            return step.apply(records);
        } catch (CsvParseException noCsv) {
            throw new NotCsv(last, noCsv.getMessage());
        } catch (UncheckedIOException unreadable) {
            throw new Rejected(
                    "MANIFEST can't be read behind line " + last + ": "
                            + unreadable.getCause().getMessage() + ".",
                    unreadable);
        }
    }

    /** The SHA-256 of the whole content as it is stored, in hex; reads it to its end. */
    String digest() throws IOException {
        if (digest.isEmpty()) {
            raw.transferTo(OutputStream.nullOutputStream());
            digest = HexFormat.of().formatHex(raw.getMessageDigest().digest());
        }
        return digest;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        raw.close();
    }
}
