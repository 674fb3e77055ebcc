package dev.rehome.common.queue;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The operator's control in memory. For one thread. */
final class MemoryOperatorControl implements OperatorControl {
    private final MemoryControlChannel channel;
    private final InstantSource time;
    private final Deque<Change> changes = new ArrayDeque<>();

    MemoryOperatorControl(MemoryControlChannel channel, InstantSource time) {
        this.channel = channel;
        this.time = time;
    }

    @Override
    public String pause(String reason, String author) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Expected a reason for the pause");
        }
        return change(reason, author);
    }

    @Override
    public String resume(String author) {
        return channel.pauseReason().isEmpty() ? "" : change("", author);
    }

    private String change(String reason, String author) {
        String before = channel.pause(reason);
        changes.addFirst(new Change(time.instant(), author, PAUSED, before, reason));
        return before;
    }

    @Override
    public List<Change> changes(int limit) {
        return changes.stream().limit(limit).toList();
    }
}
