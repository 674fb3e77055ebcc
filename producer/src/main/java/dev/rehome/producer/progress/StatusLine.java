package dev.rehome.producer.progress;

import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.producer.progress.RunSnapshot.Kind;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs the snapshot of the run as one line per period; in a JSON log its numbers are fields. While something needs a person,
 * the line is a warning, and the first one comes at once.
 */
public final class StatusLine implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(StatusLine.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Supplier<RunSnapshot> latest;
    private final MonotonicClock clock;
    private final Duration period;
    private Duration loggedAt;
    private boolean troubled;

    /** {@code period}: the time between two lines. */
    public StatusLine(Supplier<RunSnapshot> latest, MonotonicClock clock, Duration period) {
        this.latest = latest;
        this.clock = clock;
        this.period = period;
        this.loggedAt = clock.now();
    }

    @Override
    public Duration run() {
        RunSnapshot now = latest.get();
        boolean trouble = !now.reasons(Kind.TROUBLE).isEmpty();
        if (now.run().number() > 0 && (clock.now().minus(loggedAt).compareTo(period) >= 0 || (trouble && !troubled))) {
            log(now, trouble ? Level.WARN : Level.INFO);
            loggedAt = clock.now();
        }
        troubled = trouble;
        return POLL;
    }

    private static void log(RunSnapshot now, Level level) {
        LoggingEventBuilder event = LOG.atLevel(level)
                .addKeyValue("run", now.run().number())
                .addKeyValue("pass", now.run().pass())
                .addKeyValue("phase", now.state().phase())
                .addKeyValue("published", now.counts().published())
                .addKeyValue("copied", now.counts().copied())
                .addKeyValue("applied", now.counts().applied().total())
                .addKeyValue("failed", now.counts().applied().failed())
                .addKeyValue("per_second", now.pace().perSecond())
                .addKeyValue("average_per_second", now.pace().average())
                .addKeyValue("batches_pending", now.batches().pending())
                .addKeyValue("batches_in_flight", now.batches().leased())
                .addKeyValue("batches_copied", now.batches().copied())
                .addKeyValue("batches_dead", now.batches().dead())
                .addKeyValue("consumers", now.consumers().size())
                .addKeyValue("copies_in_flight", now.inFlight());
        if (now.counts().total().isPresent()) {
            event = event.addKeyValue("total", now.counts().total().getAsLong());
        }
        if (now.pace().left().isPresent()) {
            event = event.addKeyValue("eta_seconds", now.pace().left().get().toSeconds());
        }
        if (now.pace().end().isPresent()) {
            event = event.addKeyValue("eta_time", now.pace().end().get().toString());
        }
        event.log(SnapshotText.line(now));
    }
}
