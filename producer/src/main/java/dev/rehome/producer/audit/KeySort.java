package dev.rehome.producer.audit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Sorts entries by the bytes of their keys in UTF-8, the order in which stores list objects. Only some entries are held in
 * memory; the others are in temporary files, which are deleted at the end. For one thread.
 */
final class KeySort implements Closeable {
    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::key, KeySort::compare).thenComparing(Entry::kind);
    private static final int BUFFER = 1 << 16;

    /** One entry. */
    static final class Entry {
        private final byte[] key;
        private final byte kind;
        private final String value;

        private Entry(byte[] key, byte kind, String value) {
            this.key = key;
            this.kind = kind;
            this.value = value;
        }

        private static Entry of(String key, int kind, String value) {
            return new Entry(key.getBytes(StandardCharsets.UTF_8), (byte) kind, value);
        }

        /** The object key in UTF-8; not to be changed. */
        byte[] key() {
            return key;
        }

        /** The object key. */
        String text() {
            return new String(key, StandardCharsets.UTF_8);
        }

        /** The kind of the entry; the second criterion of the order. */
        byte kind() {
            return kind;
        }

        /** The content of the entry. */
        String value() {
            return value;
        }
    }

    private final Path directory;
    private final int inMemory;
    private final List<Entry> held = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final PriorityQueue<Source> sources =
            new PriorityQueue<>(Comparator.comparing(source -> source.next, ORDER));

    /** {@code inMemory}: how many entries are held in memory at most. */
    KeySort(Path directory, int inMemory) {
        this.directory = directory;
        this.inMemory = inMemory;
    }

    /** The order of keys: their bytes, unsigned. */
    static int compare(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other);
    }

    /** Adds an entry; not after the first {@link #next}. */
    void add(String key, int kind, String value) throws IOException {
        held.add(Entry.of(key, kind, value));
        if (held.size() >= inMemory) {
            spill();
        }
    }

    private void spill() throws IOException {
        held.sort(ORDER);
        Path file = Files.createTempFile(directory, "rehome-audit-", ".sorted");
        files.add(file);
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
            for (Entry entry : held) {
                write(out, entry.key());
                out.writeByte(entry.kind());
                write(out, entry.value().getBytes(StandardCharsets.UTF_8));
            }
        }
        held.clear();
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Ends the adding; from now on entries are read in order. */
    void sorted() throws IOException {
        if (!held.isEmpty()) {
            spill();
        }
        for (Path file : files) {
            Source source = new Source(file);
            if (source.advance()) {
                sources.add(source);
            }
        }
    }

    /** The next entry, which stays; empty at the end. */
    Optional<Entry> peek() {
        return Optional.ofNullable(sources.peek()).map(source -> source.next);
    }

    /** Takes the next entry; empty at the end. */
    Optional<Entry> next() throws IOException {
        Source first = sources.poll();
        if (first == null) {
            return Optional.empty();
        }
        Entry entry = first.next;
        if (first.advance()) {
            sources.add(first);
        }
        return Optional.of(entry);
    }

    @Override
    public void close() throws IOException {
        for (Source source : sources) {
            source.in.close();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** A sorted file while it is read. */
    private static final class Source {
        private final DataInputStream in;
        private Entry next;

        private Source(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
        }

        /** Reads the next entry; returns false at the end of the file, which is then closed. */
        private boolean advance() throws IOException {
            try {
                byte[] key = in.readNBytes(in.readInt());
                byte kind = in.readByte();
                next = new Entry(key, kind, new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
                return true;
            } catch (EOFException end) {
                in.close();
                return false;
            }
        }
    }
}
