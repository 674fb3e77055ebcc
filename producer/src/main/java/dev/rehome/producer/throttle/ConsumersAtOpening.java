package dev.rehome.producer.throttle;

import dev.rehome.common.queue.ControlState;
import java.util.OptionalInt;

/**
 * How many consumers start when the run windows open next; there is such a number only while the consumers' service is at
 * zero because the windows are closed. Kept with the operators' changes, under a name of its own, so that it outlives the
 * producer and the queue's data.
 */
public final class ConsumersAtOpening {
    /** The name among the operators' changes. */
    public static final String NAME = "CONSUMERS_AT_OPENING";

    private ConsumersAtOpening() {}

    /** The number; empty while the service isn't scaled down for closed windows. */
    public static OptionalInt of(ControlState state) {
        String text = state.settings().getOrDefault(NAME, "");
        return text.matches("[1-9][0-9]{0,4}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
