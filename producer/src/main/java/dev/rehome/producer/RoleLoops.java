package dev.rehome.producer;

import dev.rehome.common.process.LogFields;
import dev.rehome.common.process.Loop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Repeats the step of each role in a thread of its own. */
final class RoleLoops implements AutoCloseable {
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Loop> loops;

    /** Starts the loops; {@code fields} are in every line that they log. */
    RoleLoops(List<ProducerRoles.Role> roles, Map<String, String> fields) {
        loops = roles.stream()
                .map(role -> new Loop(
                        role.name(), LogFields.of(fields, role.step()), fatal -> failure.compareAndSet(null, fatal)))
                .toList();
        loops.forEach(Loop::start);
    }

    /** The failure that ended a loop; empty while all of them run. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Stops them: no further update is begun, and one in progress commits or rolls back. */
    @Override
    public void close() {
        loops.forEach(Loop::stop);
        loops.forEach(Loop::close);
    }
}
