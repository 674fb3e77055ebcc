package dev.rehome.producer.throttle;

import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ServerAddress;
import dev.rehome.common.catalog.ServerLoad;
import dev.rehome.common.queue.FleetCopies;
import dev.rehome.common.queue.MemoryOperatorControl;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A throttle whose measurements are fields. */
abstract class ThrottleFixture {
    static final Duration LIMIT = Duration.ofSeconds(2);
    static final Limits SOFT = new Limits(LIMIT, 50, 3, 5, 10, 2_000);

    final TestClock clock = new TestClock();
    final MemoryOperatorControl control = new MemoryOperatorControl(clock);
    int running = 1;
    int waiting;
    FleetCopies.Tries copies = FleetCopies.Tries.NONE;
    RecordTotals totals = RecordTotals.NONE;
    final ReplicaLag lag = new ReplicaLag(List.of("r"), LIMIT, clock);
    final Throttle throttle = throttle(SOFT, Limits.NONE);

    Throttle throttle(Limits soft, Limits hard) {
        return new Throttle(
                new Throttle.Sources(this::load, control::state, () -> copies, () -> totals, clock),
                lag,
                clock,
                new ThrottleSettings(
                        soft,
                        hard,
                        List.of(ServerAddress.parse("r")),
                        new RunWindows(List.of(), ZoneId.of("UTC")),
                        false),
                1);
    }

    private ServerLoad.Reading load() {
        if (running < 0) {
            throw new Unavailable("the database is down");
        }
        return new ServerLoad.Reading(running, waiting);
    }

    @BeforeEach
    void beat() {
        lag.written(lag.now());
        lag.arrived("r", lag.now());
    }

    void pass(Duration time) {
        clock.advance(time);
        beat();
    }
}
