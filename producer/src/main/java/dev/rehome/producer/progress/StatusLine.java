package dev.rehome.producer.progress;

import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.QueueDepth;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one line of progress per period. The rate is the average over the time since the previous line. */
public final class StatusLine implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(StatusLine.class);

    private final Progress progress;
    private final Supplier<QueueDepth> depth;
    private final MonotonicClock clock;
    private final Duration period;
    private long lastDone;
    private Duration lastTime;

    /** {@code period}: the time between two lines. */
    public StatusLine(Progress progress, Supplier<QueueDepth> depth, MonotonicClock clock, Duration period) {
        this.progress = progress;
        this.depth = depth;
        this.clock = clock;
        this.period = period;
        this.lastTime = clock.now();
    }

    @Override
    public Duration run() {
        Duration elapsed = clock.now().minus(lastTime);
        if (elapsed.compareTo(period) < 0) {
            return period.minus(elapsed);
        }
        Progress.Snapshot snapshot = progress.snapshot();
        double rate = (snapshot.done() - lastDone) / (elapsed.toMillis() / 1_000.0);
        String line = line(snapshot, depth.get(), rate);
        if (snapshot.trouble().isEmpty()) {
            LOG.info("{}", line);
        } else {
            LOG.warn("{}", line);
        }
        lastTime = lastTime.plus(elapsed);
        lastDone = snapshot.done();
        return period;
    }

    /** The line itself; {@code rate} in records per second. */
    static String line(Progress.Snapshot now, QueueDepth depth, double rate) {
        StringBuilder line = new StringBuilder();
        line.append(String.format(Locale.ROOT, "applied %,d", now.done()));
        now.legacy().ifPresent(total -> {
            line.append(String.format(Locale.ROOT, " of %,d", total));
            if (total > 0) {
                line.append(String.format(Locale.ROOT, " (%.1f %%)", Math.min(100.0, 100.0 * now.done() / total)));
            }
        });
        line.append(String.format(
                Locale.ROOT,
                " | %,.0f/s | failed %,d | pass %d | batches: %d pending, %d in flight, %d copied, %d dead",
                rate,
                now.totals().failed(),
                now.pass(),
                depth.pending(),
                depth.leased(),
                depth.copied(),
                depth.dead()));
        if (!now.trouble().isEmpty()) {
            line.append(" | ").append(now.trouble());
        }
        if (!now.waiting().isEmpty()) {
            line.append(" | waiting: ").append(now.waiting());
        } else if (rate > 0 && now.legacy().isPresent() && now.legacy().getAsLong() > now.done()) {
            long left = (long) ((now.legacy().getAsLong() - now.done()) / rate);
            line.append(" | left ").append(rounded(Duration.ofSeconds(left)));
        }
        return line.toString();
    }

    private static String rounded(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }
}
