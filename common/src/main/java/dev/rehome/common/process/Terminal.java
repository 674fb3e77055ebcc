package dev.rehome.common.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A terminal that an output of this process goes to. */
@FunctionalInterface
public interface Terminal {
    /** How many columns it has now; its user may resize it at any time. */
    int columns();

    /** The terminal of standard output; empty when it is a pipe or a file. */
    static Optional<Terminal> ofStandardOutput() {
        return Device.of(1);
    }

    /** The terminal of standard error; empty when it is a pipe or a file. */
    static Optional<Terminal> ofStandardError() {
        return Device.of(2);
    }

    /** A device of Linux, which {@code stty} asks for its size at most once a second. For use by any thread. */
    final class Device implements Terminal {
        private static final Duration PERIOD = Duration.ofSeconds(1);
        private static final int UNKNOWN = 80;
        private static final int NARROWEST = 20;

        private final Path path;
        private final MonotonicClock clock = MonotonicClock.system();
        private Duration asked;
        private int columns = UNKNOWN;

        private Device(Path path) {
            this.path = path;
        }

        private static Optional<Terminal> of(int descriptor) {
            try {
                Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
                boolean terminal =
                        target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
                return terminal ? Optional.of(new Device(target)) : Optional.empty();
            } catch (IOException noSuchLink) {
                // Not Linux: without a way to ask, nothing is redrawn.
                return Optional.empty();
            }
        }

        @Override
        public synchronized int columns() {
            Duration now = clock.now();
            if (asked == null || now.minus(asked).compareTo(PERIOD) >= 0) {
                asked = now;
                columns = Math.max(NARROWEST, ask().orElse(columns));
            }
            return columns;
        }

        private Optional<Integer> ask() {
            try {
                Process stty = new ProcessBuilder("stty", "size")
                        .redirectInput(path.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
                // A terminal whose size was never set has 0 columns.
                return ended && size.matches("\\d+ [1-9]\\d{0,4}\\s*")
                        ? Optional.of(Integer.valueOf(
                                size.substring(size.indexOf(' ') + 1).strip()))
                        : Optional.empty();
            } catch (IOException noSuchProgram) {
                return Optional.empty();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }
}
