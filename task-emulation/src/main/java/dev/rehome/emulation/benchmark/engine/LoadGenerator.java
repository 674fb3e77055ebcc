package dev.rehome.emulation.benchmark.engine;

import dev.rehome.emulation.seeding.SampleRow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Keeps a number of copies in flight, each of another sample object. */
abstract class LoadGenerator implements AutoCloseable {
    private final AtomicLong next;
    private final LongAdder copied = new LongAdder();
    private final AtomicReference<String> failure = new AtomicReference<>();

    /** {@code firstRow}: the first row whose object is copied, so that several runs can use one server. */
    LoadGenerator(long firstRow) {
        this.next = new AtomicLong(firstRow);
    }

    /** Starts this many copies; when one ends, the next begins. */
    abstract void start(int inFlight);

    /** The next row with an object. */
    final SampleRow next() {
        SampleRow row = SampleRow.of(next.getAndIncrement());
        while (row.kind() != SampleRow.Kind.LEGACY) {
            row = SampleRow.of(next.getAndIncrement());
        }
        return row;
    }

    final void copied() {
        copied.increment();
    }

    /** Notes that a copy failed, which makes the measurement void. */
    final void failed(String text) {
        failure.compareAndSet(null, text);
    }

    /**
     * The number of copies so far.
     *
     * @throws IllegalStateException if one failed
     */
    final long count() {
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return copied.sum();
    }

    @Override
    public abstract void close();
}
