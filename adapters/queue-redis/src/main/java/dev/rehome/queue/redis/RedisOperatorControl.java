package dev.rehome.queue.redis;

import dev.rehome.common.queue.ControlState;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** The key control, which the processes read, and the stream changes, whose ids are Redis' time. */
record RedisOperatorControl(RedisConnection redis, RedisKeys keys) implements OperatorControl {
    private static final String REVISION = "revision";
    /** The beginnings of a hold that only {@link #resume} and {@link #stopped} replace: stopping or stopped. */
    private static final String STOP = "stop";

    private static final String STOPPING = "stopping";
    private static final Pattern SETTING = Pattern.compile("[A-Z][A-Z0-9_]*");

    @Override
    public Optional<Hold> pause(String reason, String author) {
        return hold(new Hold(Hold.Kind.PAUSED, reason), author);
    }

    @Override
    public Optional<Hold> drain(String reason, String author) {
        return hold(new Hold(Hold.Kind.DRAINING, reason), author);
    }

    @Override
    public Optional<Hold> stop(String reason, String author) {
        return hold(new Hold(Hold.Kind.STOPPING, reason), author);
    }

    private Optional<Hold> hold(Hold hold, String author) {
        return Hold.parse(change(HOLD, hold.toString(), author, STOP, ""));
    }

    @Override
    public void stopped(String author) {
        // Only resume can intervene, and then nothing is stopping any more.
        state().hold()
                .filter(hold -> hold.kind() == Hold.Kind.STOPPING)
                .map(hold -> new Hold(Hold.Kind.STOPPED, hold.reason()))
                .ifPresent(hold -> change(HOLD, hold.toString(), author, "", STOPPING));
    }

    @Override
    public Optional<Hold> resume(String author) {
        return Hold.parse(change(HOLD, "", author, "", ""));
    }

    @Override
    public Optional<String> set(String name, String value, String author) {
        if (!SETTING.matcher(name).matches() || value.isBlank()) {
            throw new IllegalArgumentException(
                    "Expected a setting's name and a value, got '" + name + "' and '" + value + "'");
        }
        return present(change(name, value, author, "", ""));
    }

    @Override
    public Optional<String> unset(String name, String author) {
        return present(change(name, "", author, "", ""));
    }

    @Override
    public void record(String action, String text, String author) {
        if (!OperatorControl.isRecord(action) || text.isBlank()) {
            throw new IllegalArgumentException(
                    "Expected an action and a text, got '" + action + "' and '" + text + "'");
        }
        change(action, text, author, "", "");
    }

    private String change(String name, String value, String author, String unless, String only) {
        return String.valueOf(redis.eval(RedisScript.CHANGE, keys, name, value, author, unless, only));
    }

    private static Optional<String> present(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }

    @Override
    public ControlState state() {
        Map<String, String> stored = redis.call(r -> r.hgetAll(keys.control()));
        Map<String, String> fields = new TreeMap<>(stored);
        String hold = fields.getOrDefault(HOLD, "");
        long revision = Long.parseLong(fields.getOrDefault(REVISION, "0"));
        fields.keySet().removeIf(name -> !SETTING.matcher(name).matches());
        return new ControlState(Hold.parse(hold), fields, revision);
    }

    @Override
    public List<Change> changes(int limit) {
        return redis.call(r -> r.xrevrange(keys.changes(), (StreamEntryID) null, (StreamEntryID) null, limit)).stream()
                .map(RedisOperatorControl::change)
                .toList();
    }

    private static Change change(StreamEntry entry) {
        Map<String, String> fields = entry.getFields();
        return new Change(
                Long.parseLong(fields.getOrDefault(REVISION, "0")),
                Instant.ofEpochMilli(entry.getID().getTime()),
                fields.getOrDefault("author", ""),
                fields.getOrDefault("name", ""),
                fields.getOrDefault("before", ""),
                fields.getOrDefault("after", ""));
    }

    @Override
    public boolean restore(ControlState saved, List<Change> newestFirst) {
        Map<String, String> fields = new TreeMap<>(saved.settings());
        saved.hold().ifPresent(hold -> fields.put(HOLD, hold.toString()));
        List<String> arguments = new ArrayList<>(List.of(Long.toString(saved.revision())));
        arguments.add(Integer.toString(fields.size()));
        fields.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        arguments.add(Integer.toString(newestFirst.size()));
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            Change change = newestFirst.get(i);
            arguments.add(Long.toString(change.at().toEpochMilli()));
            arguments.add(Long.toString(change.revision()));
            arguments.addAll(List.of(change.author(), change.name(), change.before(), change.after()));
        }
        return redis.confirm(RedisScript.RESTORE, keys, arguments.toArray(String[]::new));
    }
}
