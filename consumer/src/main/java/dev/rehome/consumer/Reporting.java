package dev.rehome.consumer;

import dev.rehome.common.process.HealthCheck.Health;
import dev.rehome.common.process.LogInterval;
import dev.rehome.common.process.Loop;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.ConsumerReport.Activity;
import dev.rehome.common.queue.ConsumerReport.Copies;
import dev.rehome.common.queue.ConsumerReport.Load;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports every two seconds what this consumer does, and logs it once a minute, more rarely while nothing changes. Health
 * endpoint and metrics show the same report.
 */
final class Reporting implements Loop.Step {
    /**
     * The sources of a report.
     *
     * @param progress the records that the consumer has finished
     * @param limit its copies in flight
     * @param batches the number of claimed batches
     * @param held why it claims nothing; empty when it may claim
     * @param trouble why it can't work; empty while it can
     */
    record Facts(
            ConsumerProgress progress,
            AdaptiveConcurrencyLimit limit,
            Supplier<Integer> batches,
            Supplier<String> held,
            Supplier<Optional<String>> trouble) {}

    private static final Logger LOG = LoggerFactory.getLogger(Reporting.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    /** The beginning of a pause's text, which would repeat the activity. */
    private static final String PAUSED = "paused: ";
    /** The time between two lines of progress in the log while something changes. */
    static final Duration LOGGED = Duration.ofMinutes(1);

    private final BiConsumer<String, ConsumerReport> reports;
    private final String consumer;
    private final Facts facts;
    private final LogInterval interval;

    /** {@code reports} receives the consumer's name and its report. */
    Reporting(BiConsumer<String, ConsumerReport> reports, String consumer, Facts facts, MonotonicClock clock) {
        this.reports = reports;
        this.consumer = consumer;
        this.facts = facts;
        this.interval = new LogInterval(LOGGED, clock);
    }

    @Override
    public Duration run() {
        ConsumerReport now = report();
        if (interval.isDue(List.of(now.activity(), now.copies(), now.load()), false)) {
            log(now);
        }
        reports.accept(consumer, now);
        return INTERVAL;
    }

    private static void log(ConsumerReport now) {
        LOG.atInfo()
                .addKeyValue("activity", now.activity())
                .addKeyValue("copied", now.copies().copied())
                .addKeyValue("failed", now.copies().failed())
                .addKeyValue("batches", now.load().batches())
                .addKeyValue("in_flight", now.load().inFlight())
                .log("Consumer {}", now.text());
    }

    /** What this consumer does now. */
    ConsumerReport report() {
        Optional<String> trouble = facts.trouble().get();
        String held = facts.held().get();
        AdaptiveConcurrencyLimit limit = facts.limit();
        int batches = facts.batches().get();
        Activity activity;
        String reason = "";
        if (trouble.isPresent()) {
            activity = Activity.STUCK;
            reason = trouble.get();
        } else if (!held.isEmpty()) {
            activity = Activity.PAUSED;
            reason = held.startsWith(PAUSED) ? held.substring(PAUSED.length()) : held;
        } else if (batches == 0) {
            activity = Activity.IDLE;
        } else if (limit.isCut()) {
            activity = Activity.THROTTLED;
            reason = "the store asked for fewer requests";
        } else {
            activity = Activity.COPYING;
            int perSecond = limit.heldBackByRate();
            reason = perSecond == 0
                    ? ""
                    : "at most " + perSecond + " copies per second start in all consumers (MAX_COPIES_PER_SECOND)";
        }
        return new ConsumerReport(
                activity,
                reason,
                new Copies(facts.progress().copied(), facts.progress().failed()),
                new Load(batches, limit.inFlight(), limit.current(), limit.most()),
                facts.progress().times().lastMinute());
    }

    /** The state of this consumer; unhealthy while it can't work. */
    Health health() {
        ConsumerReport now = report();
        return new Health(now.activity() != Activity.STUCK, now.text());
    }
}
