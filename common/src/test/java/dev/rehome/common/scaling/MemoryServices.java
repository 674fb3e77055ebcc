package dev.rehome.common.scaling;

import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services in memory, which reach their desired count at once. */
public final class MemoryServices implements ServiceScaler {
    private final Map<String, ServiceState> services = new HashMap<>();
    private final List<String> scaled = new ArrayList<>();
    private final Deque<RuntimeException> failures = new ArrayDeque<>();

    /** A service that runs its tasks. */
    public MemoryServices with(String service, int tasks) {
        return with(service, new ServiceState(tasks, tasks, 1));
    }

    /** A service in this state. */
    public MemoryServices with(String service, ServiceState state) {
        services.put(service, state);
        return this;
    }

    /** The next calls of {@link #scale} fail with this. */
    public MemoryServices failing(RuntimeException failure, int times) {
        for (int i = 0; i < times; i++) {
            failures.add(failure);
        }
        return this;
    }

    /** The calls of {@link #scale} so far, such as {@code consumers=0}. */
    public List<String> scaled() {
        return List.copyOf(scaled);
    }

    @Override
    public Optional<ServiceState> state(String service) {
        return Optional.ofNullable(services.get(service));
    }

    /** {@inheritDoc} */
    @Override
    public void scale(String service, int tasks) throws Unavailable, Rejected {
        scaled.add(service + "=" + tasks);
        if (!failures.isEmpty()) {
            throw failures.poll();
        }
        if (!services.containsKey(service)) {
            throw new Rejected("no service " + service);
        }
        with(service, tasks);
    }

    @Override
    public void close() {
        scaled.add("closed");
    }
}
