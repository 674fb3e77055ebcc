package dev.rehome.consumer;

import dev.rehome.common.TestClock;
import dev.rehome.common.process.MonotonicClock;
import java.time.Duration;

/** A clock that runs an event when it has been read a number of times. For one thread. */
final class EventfulClock implements MonotonicClock {
    private final TestClock time;
    private int reads;
    private int readOfEvent = -1;
    private Runnable event;

    EventfulClock(TestClock time) {
        this.time = time;
    }

    /** Runs the event during the read with this number, from now on. */
    void afterReads(int number, Runnable next) {
        readOfEvent = reads + number;
        event = next;
    }

    /** Each read moves time a little, so that what is due soon becomes due. */
    @Override
    public Duration now() {
        reads++;
        if (reads == readOfEvent) {
            event.run();
        }
        return time.now().plusNanos(reads * 1_000L);
    }
}
