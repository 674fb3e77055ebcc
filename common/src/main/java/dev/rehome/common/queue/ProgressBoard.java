package dev.rehome.common.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The published progress of the run. The leading producer writes it; everybody reads it, the producer itself after a
 * restart. Informative: no decision about rows or objects depends on it. Safe for use by any thread.
 */
public interface ProgressBoard {
    /** The length of each series of samples. */
    enum Series {
        /** The last hour. */
        HOUR(Duration.ofSeconds(10), 360),
        /** The last week. */
        WEEK(Duration.ofMinutes(5), 2_016);

        private final Duration interval;
        private final int kept;

        Series(Duration interval, int kept) {
            this.interval = interval;
            this.kept = kept;
        }

        /** The time between two samples. */
        public Duration interval() {
            return interval;
        }

        /** How many samples are kept; older ones are dropped. */
        public int kept() {
            return kept;
        }
    }

    /** Replaces the published snapshot; {@code snapshot} is any text. */
    void publish(String snapshot);

    /** The latest snapshot, by any producer and of any age; empty when there is none. */
    Optional<Published> latest();

    /** Adds a sample to a series. */
    void record(Series series, Sample sample);

    /** The samples of a series, oldest first. */
    List<Sample> history(Series series);

    /**
     * A published snapshot.
     *
     * @param snapshot the text
     * @param age how long ago it was published, by the queue's clock
     */
    record Published(String snapshot, Duration age) {}

    /**
     * The records at one moment.
     *
     * @param at by the producer's clock
     * @param run the number of the run
     * @param applied records that the database has committed, failed ones included
     * @param failed records that failed
     */
    record Sample(Instant at, int run, long applied, long failed) {
        public Sample {
            Objects.requireNonNull(at, "at");
        }
    }
}
