package dev.rehome.producer.throttle;

import dev.rehome.common.queue.ControlChannel;
import java.time.Duration;
import java.util.Map;

/** What operator and producer tell, in memory; a throttle ends only when it is told to. */
public final class ManualControl implements ControlChannel {
    private String pause = "";
    private String throttle = "";
    private int told;

    /** How often the producer told the consumers something. */
    public int told() {
        return told;
    }

    @Override
    public String pauseReason() {
        return pause;
    }

    @Override
    public void pause(String why) {
        pause = why;
    }

    @Override
    public void resume() {
        pause = "";
    }

    @Override
    public void throttle(String reason, Duration atMost) {
        throttle = reason;
        told++;
    }

    @Override
    public String throttleReason() {
        return throttle;
    }

    @Override
    public void report(String consumer, String status) {
        throw new AssertionError("a producer reports nothing");
    }

    @Override
    public Map<String, String> consumers() {
        return Map.of();
    }
}
