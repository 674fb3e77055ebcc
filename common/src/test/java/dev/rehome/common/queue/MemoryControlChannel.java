package dev.rehome.common.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The control channel in memory. A throttle lasts until the producer ends it. For one thread. */
public final class MemoryControlChannel implements ControlChannel {
    private final Map<String, String> consumers = new HashMap<>();
    private String pause = "";
    private String throttle = "";

    /** Sets the operator's reason for a pause, empty for none; returns the one before. */
    String pause(String reason) {
        String before = pause;
        pause = reason;
        return before;
    }

    @Override
    public Map<String, String> reports() {
        return Map.copyOf(consumers);
    }

    @Override
    public String pauseReason() {
        return pause;
    }

    @Override
    public void throttle(String reason, Duration atMost) {
        throttle = reason;
    }

    @Override
    public String throttleReason() {
        return throttle;
    }

    @Override
    public void report(String consumer, String status) {
        consumers.put(consumer, status);
    }
}
