package dev.rehome.emulation.model;

import dev.rehome.common.queue.ControlChannel;
import java.time.Duration;

/** Nobody pauses, nobody listens. */
final class QuietControl implements ControlChannel {
    @Override
    public String pauseReason() {
        return "";
    }

    @Override
    public void throttle(String reason, Duration atMost) {
        throw new IllegalStateException("nobody throttles in the model");
    }

    @Override
    public String throttleReason() {
        return "";
    }

    @Override
    public void report(String consumer, String status) {
        throw new IllegalStateException("nobody reports in the model");
    }
}
