package dev.rehome.producer.progress;

import dev.rehome.common.process.LogInterval;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.producer.progress.RunSnapshot.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs the snapshot of the run as one line per period, and more rarely while nothing changes; in a JSON log its numbers are
 * fields. While there is trouble, the line is a warning, and the first one is logged within seconds.
 */
public final class StatusLine implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(StatusLine.class);
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+");
    private static final Duration POLL = Duration.ofSeconds(1);
    /** How long trouble must last before it is logged: consumers may start after the producer. */
    static final Duration SOON = Duration.ofSeconds(10);

    private final Supplier<RunSnapshot> latest;
    private final MonotonicClock clock;
    private final LogInterval interval;
    private Optional<Duration> troubledSince = Optional.empty();
    private boolean warned;

    /** {@code period}: the time between two lines while something changes. */
    public StatusLine(Supplier<RunSnapshot> latest, MonotonicClock clock, Duration period) {
        this.latest = latest;
        this.clock = clock;
        this.interval = new LogInterval(period, clock);
    }

    @Override
    public Duration run() {
        RunSnapshot now = latest.get();
        boolean trouble = !now.reasons(Kind.TROUBLE).isEmpty();
        if (!trouble) {
            troubledSince = Optional.empty();
            warned = false;
        } else if (troubledSince.isEmpty()) {
            troubledSince = Optional.of(clock.now());
        }
        boolean mustWarn = !warned
                && troubledSince
                        .filter(since -> clock.now().minus(since).compareTo(SOON) >= 0)
                        .isPresent();
        // Without the measurements in their texts, which change all the time.
        List<String> reasons = now.state().reasons().stream()
                .map(reason -> NUMBERS.matcher(reason.text()).replaceAll(""))
                .toList();
        List<Object> state = List.of(now.state().phase(), reasons, now.run(), now.counts(), now.batches(), trouble);
        if (now.run().number() > 0 && interval.isDue(state, mustWarn)) {
            log(now, trouble ? Level.WARN : Level.INFO);
            warned = trouble;
        }
        return POLL;
    }

    /** The field run is on every line of the thread. */
    private static void log(RunSnapshot now, Level level) {
        LoggingEventBuilder event = LOG.atLevel(level)
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
