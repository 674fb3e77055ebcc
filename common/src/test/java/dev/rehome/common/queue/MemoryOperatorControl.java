package dev.rehome.common.queue;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The operator's control in memory. */
public final class MemoryOperatorControl implements OperatorControl {
    private final InstantSource time;
    private final Map<String, String> values = new TreeMap<>();
    private final Deque<Change> changes = new ArrayDeque<>();
    private long revision;

    public MemoryOperatorControl(InstantSource time) {
        this.time = time;
    }

    @Override
    public synchronized Optional<Hold> pause(String reason, String author) {
        return hold(new Hold(Hold.Kind.PAUSED, reason), author);
    }

    @Override
    public synchronized Optional<Hold> drain(String reason, String author) {
        return hold(new Hold(Hold.Kind.DRAINING, reason), author);
    }

    @Override
    public synchronized Optional<Hold> stop(String reason, String author) {
        return hold(new Hold(Hold.Kind.STOPPING, reason), author);
    }

    private Optional<Hold> hold(Hold hold, String author) {
        Optional<Hold> before = state().hold();
        if (before.filter(Hold::isStop).isEmpty()) {
            change(HOLD, hold.toString(), author);
        }
        return before;
    }

    @Override
    public synchronized void stopped(String author) {
        state().hold()
                .filter(hold -> hold.kind() == Hold.Kind.STOPPING)
                .ifPresent(hold -> change(HOLD, new Hold(Hold.Kind.STOPPED, hold.reason()).toString(), author));
    }

    @Override
    public synchronized Optional<Hold> resume(String author) {
        return change(HOLD, "", author).flatMap(Hold::parse);
    }

    @Override
    public synchronized Optional<String> set(String name, String value, String author) {
        if (!name.matches("[A-Z][A-Z0-9_]*") || value.isBlank()) {
            throw new IllegalArgumentException("Expected a setting's name and a value");
        }
        return change(name, value, author);
    }

    @Override
    public synchronized Optional<String> unset(String name, String author) {
        return change(name, "", author);
    }

    @Override
    public synchronized void record(String action, String text, String author) {
        if (!OperatorControl.isRecord(action) || text.isBlank()) {
            throw new IllegalArgumentException("Expected an action and a text");
        }
        changes.addFirst(new Change(++revision, time.instant(), author, action, "", text));
    }

    private Optional<String> change(String name, String value, String author) {
        String before = values.getOrDefault(name, "");
        if (!value.isEmpty() || !before.isEmpty()) {
            values.remove(name);
            if (!value.isEmpty()) {
                values.put(name, value);
            }
            changes.addFirst(new Change(++revision, time.instant(), author, name, before, value));
        }
        return Optional.of(before).filter(text -> !text.isEmpty());
    }

    @Override
    public synchronized ControlState state() {
        Map<String, String> settings = new TreeMap<>(values);
        String hold = settings.remove(HOLD);
        return new ControlState(Hold.parse(hold == null ? "" : hold), settings, revision);
    }

    @Override
    public synchronized List<Change> changes(int limit) {
        return changes.stream().limit(limit).toList();
    }

    @Override
    public synchronized boolean restore(ControlState saved, List<Change> newestFirst) {
        if (revision >= saved.revision()) {
            return false;
        }
        wipe();
        values.putAll(saved.settings());
        saved.hold().ifPresent(hold -> values.put(HOLD, hold.toString()));
        changes.addAll(new ArrayList<>(newestFirst));
        revision = saved.revision();
        return true;
    }

    /** Loses all data. */
    public synchronized void wipe() {
        values.clear();
        changes.clear();
        revision = 0;
    }
}
