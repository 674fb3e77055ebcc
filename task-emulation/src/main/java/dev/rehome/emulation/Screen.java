package dev.rehome.emulation;

import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.ProgressLine;
import dev.rehome.common.process.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Prints lines that stay and, on a terminal, a line of progress below them. Safe for use by several threads. */
public final class Screen {
    private final ProgressLine progress;
    private boolean ended;

    Screen(PrintStream out, Optional<Terminal> terminal) {
        this.progress = new ProgressLine(out, terminal, MonotonicClock.system());
    }

    /** On standard output. */
    public static Screen ofTerminal() {
        return new Screen(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                Terminal.ofStandardOutput());
    }

    /** Prints a line that stays. */
    public synchronized void line(String text) {
        if (!ended) {
            progress.line(text);
        }
    }

    /** Begins a piece of work; {@code total}: its size, 0 if that isn't known. */
    public synchronized void begin(String name, long total) {
        if (!ended) {
            progress.begin(name, total);
        }
    }

    /** Shows how much of it is done, with a note for wide terminals. */
    public synchronized void done(long done, String note) {
        if (!ended) {
            progress.done(done, note);
        }
    }

    /** Prints the last line: whatever other threads still report isn't shown. */
    public synchronized void end(String text) {
        line(text);
        ended = true;
    }
}
