package dev.rehome.producer.throttle;

import dev.rehome.common.queue.ControlChannel;
import java.time.Duration;

/** An in-memory control channel; a throttle never expires. */
public final class ManualControl implements ControlChannel {
    private String pause = "";
    private String throttle = "";
    private int reports;

    /** The number of reports to the consumers. */
    public int reports() {
        return reports;
    }

    @Override
    public String pauseReason() {
        return pause;
    }

    public void pause(String why) {
        pause = why;
    }

    public void resume() {
        pause = "";
    }

    @Override
    public void throttle(String reason, Duration atMost) {
        throttle = reason;
        reports++;
    }

    @Override
    public String throttleReason() {
        return throttle;
    }

    @Override
    public void report(String consumer, String status) {
        throw new AssertionError("only consumers report");
    }
}
