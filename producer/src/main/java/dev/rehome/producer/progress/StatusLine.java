package dev.rehome.producer.progress;

import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.QueueDepth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line of progress every few seconds, fit for a log. The rate is that of the last few seconds. */
public final class StatusLine implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(StatusLine.class);

    private final Progress progress;
    private final BatchPublisher queue;
    private final InstantSource time;
    private final Duration period;
    private long lastDone;
    private Instant last;

    /** {@code period}: the time between two lines. */
    public StatusLine(Progress progress, BatchPublisher queue, InstantSource time, Duration period) {
        this.progress = progress;
        this.queue = queue;
        this.time = time;
        this.period = period;
        this.last = time.instant();
    }

    @Override
    public Duration run() {
        Instant now = time.instant();
        if (Duration.between(last, now).compareTo(period) < 0) {
            return period;
        }
        Progress.Snapshot snapshot = progress.snapshot();
        double seconds = Duration.between(last, now).toMillis() / 1_000.0;
        double rate = (snapshot.done() - lastDone) / seconds;
        LOG.info("{}", line(snapshot, queue.depth(), rate));
        last = now;
        lastDone = snapshot.done();
        return period;
    }

    /** The line itself; {@code rate} in records a second. */
    static String line(Progress.Snapshot now, QueueDepth depth, double rate) {
        StringBuilder line = new StringBuilder();
        line.append(String.format(Locale.ROOT, "applied %,d", now.done()));
        now.total().ifPresent(total -> {
            line.append(String.format(Locale.ROOT, " of %,d", total));
            if (total > 0) {
                line.append(String.format(Locale.ROOT, " (%.1f %%)", Math.min(100.0, 100.0 * now.done() / total)));
            }
        });
        line.append(String.format(
                Locale.ROOT,
                " | %,.0f/s | failed %,d | pass %d | batches: %d pending, %d in flight, %d copied, %d dead",
                rate,
                now.failed(),
                now.pass(),
                depth.pending(),
                depth.leased(),
                depth.copied(),
                depth.dead()));
        if (!now.held().isEmpty()) {
            line.append(" | waiting: ").append(now.held());
        } else if (rate > 0 && now.total().isPresent() && now.total().getAsLong() > now.done()) {
            long left = (long) ((now.total().getAsLong() - now.done()) / rate);
            line.append(" | left ").append(spoken(Duration.ofSeconds(left)));
        }
        return line.toString();
    }

    private static String spoken(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }
}
