package dev.rehome.emulation;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Prints lines that stay, and a status that a terminal redraws in place; elsewhere it is a line every few seconds. */
public final class Screen {
    private static final Duration PERIOD = Duration.ofSeconds(3);
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private boolean drawn;
    private Instant last = Instant.EPOCH;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** On standard output, which is a terminal if the script that started us says so. */
    public static Screen ofTerminal() {
        return new Screen(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                Boolean.getBoolean("rehome.terminal"));
    }

    /** Prints a line that stays. */
    public synchronized void line(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    /** Shows the status: on a terminal in place of the one before, elsewhere at most once every few seconds. */
    public synchronized void status(String text) {
        if (terminal) {
            out.print(CLEAR_LINE + text);
            drawn = true;
        } else if (Duration.between(last, Instant.now()).compareTo(PERIOD) >= 0) {
            out.println(text);
            last = Instant.now();
        }
        out.flush();
    }

    private void clear() {
        if (drawn) {
            out.print(CLEAR_LINE);
            drawn = false;
        }
    }
}
