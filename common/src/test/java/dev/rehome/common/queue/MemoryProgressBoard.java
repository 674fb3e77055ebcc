package dev.rehome.common.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The board in memory. For one thread. */
final class MemoryProgressBoard implements ProgressBoard {
    private final InstantSource time;
    private final Map<Series, List<Sample>> samples = new EnumMap<>(Series.class);
    private String snapshot;
    private Instant publishedAt;

    MemoryProgressBoard(InstantSource time) {
        this.time = time;
    }

    @Override
    public void publish(String text) {
        snapshot = text;
        publishedAt = time.instant();
    }

    @Override
    public Optional<Published> latest() {
        return Optional.ofNullable(snapshot)
                .map(text -> new Published(text, Duration.between(publishedAt, time.instant())));
    }

    @Override
    public void record(Series series, Sample sample) {
        List<Sample> all = samples.computeIfAbsent(series, each -> new ArrayList<>());
        all.add(sample);
        if (all.size() > series.kept()) {
            all.remove(0);
        }
    }

    @Override
    public List<Sample> history(Series series) {
        return List.copyOf(samples.getOrDefault(series, List.of()));
    }
}
