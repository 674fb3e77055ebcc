package dev.rehome.common.queue;

import dev.rehome.common.process.Plural;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A consumer's activity, and the reason why it doesn't do more. Informative: no decision about rows or objects depends on
 * it.
 *
 * @param activity its activity
 * @param reason why it doesn't copy, or doesn't copy faster; empty when nothing hinders it
 * @param copies the records that it has finished since it started
 * @param load its work in progress
 * @param latency how long copies took in the last minute; empty when it finished none
 */
public record ConsumerReport(Activity activity, String reason, Copies copies, Load load, Optional<Latency> latency) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    /** The activity of a consumer. */
    public enum Activity {
        /** It copies objects. */
        COPYING,
        /** It copies fewer objects at a time than it might, because the store asked for fewer requests. */
        THROTTLED,
        /** The queue has no batch to claim. */
        IDLE,
        /** It claims no batch, because an operator or the producer asked for it. */
        PAUSED,
        /** It can't work, for the given reason. */
        STUCK,
        /** Its report is of another release, or damaged. */
        UNKNOWN
    }

    /**
     * Records since the consumer started.
     *
     * @param copied their objects are copied, and that is recorded
     * @param failed they are recorded as failed
     */
    public record Copies(long copied, long failed) {
        /** Nothing yet. */
        public static final Copies NONE = new Copies(0, 0);
    }

    /**
     * Work in progress.
     *
     * @param batches claimed batches
     * @param inFlight copies in flight
     * @param limit how many copies may be in flight now
     * @param most how many copies may be in flight when the store serves them all
     */
    public record Load(int batches, int inFlight, int limit, int most) {
        /** No work. */
        public static final Load NONE = new Load(0, 0, 0, 0);
    }

    /**
     * How long copies took.
     *
     * @param p50 half of them took at most this long
     * @param p99 99 of 100 took at most this long
     */
    public record Latency(Duration p50, Duration p99) {
        public Latency {
            Objects.requireNonNull(p50, "p50");
            Objects.requireNonNull(p99, "p99");
        }
    }

    public ConsumerReport {
        Objects.requireNonNull(activity, "activity");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(copies, "copies");
        Objects.requireNonNull(load, "load");
        Objects.requireNonNull(latency, "latency");
    }

    /** A report of an activity alone. */
    public static ConsumerReport of(Activity activity, String reason) {
        return new ConsumerReport(activity, reason, Copies.NONE, Load.NONE, Optional.empty());
    }

    /** One JSON object without line breaks; durations are seconds. */
    public String encode() {
        return JSON.writeValueAsString(this);
    }

    /** Reads what {@link #encode} wrote. Any other text is the reason of a report whose activity is unknown. */
    public static ConsumerReport decode(String text) {
        try {
            return Objects.requireNonNull(JSON.readValue(text, ConsumerReport.class));
        } catch (JacksonException | NullPointerException otherRelease) {
            return of(Activity.UNKNOWN, text);
        }
    }

    /** The report in words, such as {@code copying, 12 of 64 copies in flight}. */
    public String text() {
        StringBuilder text = new StringBuilder(activity.name().toLowerCase(Locale.ROOT));
        if (!reason.isEmpty()) {
            text.append(": ").append(reason);
        }
        text.append(String.format(
                Locale.ROOT,
                "; copied %,d, failed %,d, %d of %d copies in flight, %s",
                copies.copied(),
                copies.failed(),
                load.inFlight(),
                load.limit(),
                Plural.of(load.batches(), "batch")));
        latency.ifPresent(times -> text.append(String.format(
                Locale.ROOT,
                ", p50 %d ms, p99 %d ms",
                times.p50().toMillis(),
                times.p99().toMillis())));
        return text.toString();
    }
}
