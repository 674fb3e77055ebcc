package dev.rehome.producer.webhook;

import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.Hold;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Sends an event when a hold begins, changes or ends. A hold from before the start of this process is no news. */
public final class HoldNotices implements Loop.Step {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Supplier<Optional<Hold>> holds;
    private final BiConsumer<String, String> events;
    private Optional<Hold> last;

    /** {@code events} gets the event's name and what happened. */
    public HoldNotices(Supplier<Optional<Hold>> holds, BiConsumer<String, String> events) {
        this.holds = holds;
        this.events = events;
    }

    @Override
    public Duration run() {
        Optional<Hold> now = holds.get();
        Optional<Hold> before = last == null ? now : last;
        last = now;
        if (!now.equals(before)) {
            events.accept(
                    now.map(hold -> hold.kind().name().toLowerCase(Locale.ROOT)).orElse("resumed"),
                    now.map(Hold::reason)
                            .orElseGet(
                                    () -> "it was " + before.map(Hold::toString).orElse("not held")));
        }
        return PERIOD;
    }
}
