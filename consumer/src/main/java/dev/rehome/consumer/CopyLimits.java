package dev.rehome.consumer;

import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.FleetCopies;
import dev.rehome.consumer.data.DataSettings;
import java.time.Duration;

/**
 * How many copies may be in flight here and start per second in the fleet, as configured and as operators set it live. Safe
 * for use by any thread.
 */
final class CopyLimits {
    private static final Duration REPORTED = Duration.ofSeconds(1);

    private final FleetCopies fleet;
    private final int configuredConcurrency;
    private final int configuredPerSecond;
    private final CopyRate rate;
    private final AdaptiveConcurrencyLimit concurrency;

    /**
     * @param mostInFlight copies that may be in flight here: as many as the store has connections
     * @param perSecond copies that may start per second in all consumers together; 0 for no limit
     */
    CopyLimits(FleetCopies fleet, MonotonicClock clock, int mostInFlight, int perSecond) {
        this.fleet = fleet;
        this.configuredConcurrency = mostInFlight;
        this.configuredPerSecond = perSecond;
        this.rate = new CopyRate(fleet, clock);
        this.concurrency = new AdaptiveConcurrencyLimit(clock, mostInFlight, rate);
        rate.limit(perSecond);
    }

    AdaptiveConcurrencyLimit concurrency() {
        return concurrency;
    }

    /** Applies what operators have set. More than the configured concurrency has no connections, and no effect. */
    void apply(ControlState state) {
        int live = state.value(DataSettings.CONCURRENCY, configuredConcurrency);
        concurrency.most(Math.min(live, configuredConcurrency));
        rate.limit(state.value(FleetCopies.MAX_PER_SECOND, configuredPerSecond));
    }

    /** Adds the copies that ended here to the fleet's counts; returns when to do it again. */
    Duration report() {
        FleetCopies.Tries ended = concurrency.takeEnded();
        if (ended.all() > 0) {
            fleet.ended(ended);
        }
        return REPORTED;
    }
}
