package dev.rehome.emulation.model;

import dev.rehome.common.queue.ControlChannel;
import java.time.Duration;
import java.util.Map;

/** Nobody pauses, nobody listens. */
final class QuietControl implements ControlChannel {
    @Override
    public String pauseReason() {
        return "";
    }

    @Override
    public void pause(String reason) {
        throw new IllegalStateException("nobody pauses in the model");
    }

    @Override
    public void resume() {
        throw new IllegalStateException("nobody resumes in the model");
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

    @Override
    public Map<String, String> consumers() {
        return Map.of();
    }
}
