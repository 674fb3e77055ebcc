package dev.rehome.producer;

import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.WaitLog;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.throttle.Throttle;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports why the run waits: to the log, to the status line, and to the consumers, which write to the primary too. The
 * report to the consumers is repeated while the reason lasts, and expires soon after the last repetition, so that no
 * consumer waits because of a producer that died. Consumers read an operator's pause themselves.
 */
final class ThrottleReporter implements Loop.Step {
    private static final Logger LOG = LoggerFactory.getLogger(ThrottleReporter.class);
    /** How long a report holds the consumers if no other follows. */
    static final Duration EXPIRY = Duration.ofSeconds(5);

    private final Throttle throttle;
    private final BiConsumer<String, Duration> consumers;
    private final Leadership leadership;
    private final Progress progress;
    private final WaitLog waits;
    private boolean reported;

    /**
     * @param consumers receives the reason, and how long it lasts unless repeated; the empty reason ends it
     * @param logPeriod the least time between two lines about waiting
     */
    ThrottleReporter(
            Throttle throttle,
            BiConsumer<String, Duration> consumers,
            Leadership leadership,
            Progress progress,
            MonotonicClock clock,
            Duration logPeriod) {
        this.throttle = throttle;
        this.consumers = consumers;
        this.leadership = leadership;
        this.progress = progress;
        this.waits = new WaitLog(
                logPeriod,
                clock,
                reason -> LOG.info("Waiting: {}", reason),
                () -> LOG.info("Resuming: no reason to wait is left"));
    }

    @Override
    public Duration run() {
        String reason = throttle.reason();
        progress.waiting(throttle.reasons());
        waits.reason(reason);
        if (leadership.term() != 0) {
            report(throttle.loadReason());
        }
        return Throttle.RECHECK;
    }

    private void report(String reason) {
        if (!reason.isEmpty()) {
            consumers.accept(reason, EXPIRY);
            reported = true;
        } else if (reported) {
            consumers.accept("", EXPIRY);
            reported = false;
        }
    }
}
