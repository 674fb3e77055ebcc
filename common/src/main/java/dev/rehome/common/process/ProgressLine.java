package dev.rehome.common.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One line that names the work in progress, which a terminal redraws in place and which always fits its width. Nothing is
 * drawn where the output isn't a terminal. Safe for use by several threads.
 */
public final class ProgressLine implements AutoCloseable {
    private static final String CLEAR = "\r\u001b[2K";
    private static final String SEPARATOR = "  ";
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final long MINUTE = 60;
    private static final long HOUR = 3_600;

    private final PrintStream out;
    private final Optional<Terminal> terminal;
    private final MonotonicClock clock;
    private Work work = new Work("", 0, 0, "");
    private Duration started;
    private Optional<Duration> drawn = Optional.empty();
    private boolean ended;

    /**
     * The work in progress.
     *
     * @param name what is done, such as {@code Seeding}
     * @param done how much of it is done
     * @param total how much there is; 0 when that isn't known
     * @param note something to show where there is room
     */
    private record Work(String name, long done, long total, String note) {
        Work {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(note, "note");
        }
    }

    /** {@code terminal}: where {@code out} goes; empty when that isn't a terminal. */
    public ProgressLine(PrintStream out, Optional<Terminal> terminal, MonotonicClock clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.started = clock.now();
    }

    /** A line on standard output in UTF-8, whatever the locale. */
    public static ProgressLine onStandardOutput() {
        return new ProgressLine(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                Terminal.ofStandardOutput(),
                MonotonicClock.system());
    }

    /** A line on standard error, which stays open when the line is closed. */
    public static ProgressLine onStandardError() {
        return new ProgressLine(System.err, Terminal.ofStandardError(), MonotonicClock.system());
    }

    /** Begins a piece of work whose size isn't known. */
    public void begin(String name) {
        begin(name, 0);
    }

    /** Begins a piece of work of this many steps. */
    public synchronized void begin(String name, long total) {
        work = new Work(name, 0, total, "");
        started = clock.now();
        draw();
    }

    /** Sets how much is done. */
    public void done(long done) {
        done(done, "");
    }

    /** Sets how much is done, with a note for wide terminals. */
    public synchronized void done(long done, String note) {
        work = new Work(work.name(), done, work.total(), note);
        if (drawn.isEmpty() || clock.now().minus(drawn.get()).compareTo(PERIOD) >= 0) {
            draw();
        }
    }

    /** Prints a line that stays; the progress is drawn again below it when it changes. */
    public synchronized void line(String text) {
        if (!ended) {
            clear();
            out.println(text);
            out.flush();
        }
    }

    /** Prints the last line; later reports of other threads aren't shown. */
    public synchronized void end(String text) {
        line(text);
        ended = true;
    }

    private void draw() {
        terminal.filter(device -> !ended).ifPresent(device -> {
            // The last column stays empty: some terminals wrap as soon as it is written.
            out.print(CLEAR + text(device.columns() - 1));
            out.flush();
            drawn = Optional.of(clock.now());
        });
    }

    /** The line in at most this many columns: parts that don't fit are left out, the last ones first. */
    synchronized String text(int columns) {
        List<String> parts = parts(clock.now().minus(started));
        while (parts.size() > 1 && String.join(SEPARATOR, parts).length() > columns) {
            parts.remove(parts.size() - 1);
        }
        String text = String.join(SEPARATOR, parts);
        return text.length() <= columns ? text : text.substring(0, Math.max(0, columns - 1)) + "…";
    }

    private List<String> parts(Duration elapsed) {
        List<String> parts = new ArrayList<>(List.of(work.name()));
        double seconds = Math.max(0.001, elapsed.toMillis() / 1_000.0);
        double rate = work.done() / seconds;
        if (work.total() > 0) {
            long done = Math.min(work.done(), work.total());
            parts.add(String.format(Locale.ROOT, "%d %%", 100 * done / work.total()));
            parts.add(String.format(Locale.ROOT, "%,.0f/s", rate));
            parts.add(
                    rate > 0
                            ? shown(Duration.ofSeconds((long) Math.ceil((work.total() - done) / rate))) + " left"
                            : "time left unknown");
            parts.add(String.format(Locale.ROOT, "%,d of %,d", work.done(), work.total()));
        } else if (work.done() > 0) {
            parts.add(String.format(Locale.ROOT, "%,d", work.done()));
            parts.add(String.format(Locale.ROOT, "%,.0f/s", rate));
        }
        parts.add(shown(elapsed));
        parts.add(work.note());
        parts.removeIf(String::isEmpty);
        return parts;
    }

    /** A time in the two largest units that matter, such as {@code 3 min 20 s}. */
    public static String shown(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        return seconds < HOUR
                ? seconds / MINUTE + " min " + seconds % MINUTE + " s"
                : seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min";
    }

    private void clear() {
        if (drawn.isPresent()) {
            out.print(CLEAR);
            drawn = Optional.empty();
        }
    }

    /** Removes the line. */
    @Override
    public synchronized void close() {
        clear();
        out.flush();
    }
}
