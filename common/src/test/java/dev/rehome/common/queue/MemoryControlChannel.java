package dev.rehome.common.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The control channel in memory. A throttle lasts until the producer ends it. For one thread. */
public final class MemoryControlChannel implements ControlChannel {
    private final Map<String, ConsumerReport> consumers = new HashMap<>();
    private String throttle = "";

    @Override
    public Map<String, ConsumerReport> reports() {
        return Map.copyOf(consumers);
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
    public void report(String consumer, ConsumerReport report) {
        consumers.put(consumer, report);
    }
}
