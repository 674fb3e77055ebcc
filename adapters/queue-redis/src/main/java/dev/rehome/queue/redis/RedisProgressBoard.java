package dev.rehome.queue.redis;

import dev.rehome.common.queue.ProgressBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The key progress, which holds a snapshot after Redis' time of its publication, and the lists of samples. */
record RedisProgressBoard(RedisConnection redis, RedisKeys keys) implements ProgressBoard {
    private static final char SEPARATOR = ' ';

    @Override
    public void publish(String snapshot) {
        String text = now().toEpochMilli() + String.valueOf(SEPARATOR) + snapshot;
        redis.call(r -> r.set(keys.progress(), text));
    }

    @Override
    public Optional<Published> latest() {
        String text = redis.call(r -> r.get(keys.progress()));
        if (text == null || !text.matches("(?s)[0-9]{1,15} .*")) {
            return Optional.empty();
        }
        int end = text.indexOf(SEPARATOR);
        Duration age = Duration.between(Instant.ofEpochMilli(Long.parseLong(text.substring(0, end))), now());
        return Optional.of(new Published(text.substring(end + 1), age.isNegative() ? Duration.ZERO : age));
    }

    private Instant now() {
        List<?> time = (List<?>) redis.eval(RedisScript.TIME, keys);
        return Instant.ofEpochSecond((Long) time.get(0)).plusNanos((Long) time.get(1) * 1_000);
    }

    @Override
    public void record(Series series, Sample sample) {
        String text = String.join(
                ",",
                Long.toString(sample.at().toEpochMilli()),
                Integer.toString(sample.run()),
                Long.toString(sample.applied()),
                Long.toString(sample.failed()));
        redis.call(r -> r.rpush(keys.history(series), text));
        redis.call(r -> r.ltrim(keys.history(series), -series.kept(), -1));
    }

    @Override
    public List<Sample> history(Series series) {
        return redis.call(r -> r.lrange(keys.history(series), 0, -1)).stream()
                .filter(text -> text.matches("[0-9]{1,15},[0-9]{1,9},[0-9]{1,18},[0-9]{1,18}"))
                .map(RedisProgressBoard::sample)
                .toList();
    }

    private static Sample sample(String text) {
        String[] fields = text.split(",", -1);
        return new Sample(
                Instant.ofEpochMilli(Long.parseLong(fields[0])),
                Integer.parseInt(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]));
    }
}
