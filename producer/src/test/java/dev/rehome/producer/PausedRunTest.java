package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.LogCapture;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.common.process.Backoff;
import dev.rehome.common.process.Retries;
import dev.rehome.common.queue.Hold;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.webhook.RunEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A run that an operator pauses for a night, by all roles of a producer in simulated time. */
class PausedRunTest {
    private static final Duration NIGHT = Duration.ofHours(16);

    private final MemoryMigration migration = new MemoryMigration().withRows(20);
    private final ProducerServices services = new ProducerServices(
            migration.catalog,
            migration.queue,
            Optional.empty(),
            migration.ids(),
            migration.clock,
            migration.clock,
            MemoryMigration.PRODUCER);
    private final List<String> events = new ArrayList<>();
    private final ProducerRoles roles = roles();
    private final RunEvents notices = new RunEvents(
            migration.catalog.runs().latest().orElseThrow(),
            services.control(),
            services.catalog().events(),
            event -> events.add(event.name() + ": " + event.detail()),
            migration.clock,
            new Retries(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)), migration.clock));

    private ProducerRoles roles() {
        migration.catalog.lock().acquire(Duration.ZERO);
        migration.catalog.table().prepare();
        RunSettings settings = MemoryMigration.runSettings(Duration.ofSeconds(30));
        Run run = migration.catalog.runs().startOrResume(Optional.empty());
        return new ProducerRoles(
                services, settings, migration.catalog.table(), RunStart.of(run, Optional.empty()), new Progress());
    }

    private void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            migration.clock.advance(Duration.ofSeconds(1));
            roles.all().forEach(role -> role.step().run());
            Duration unused = notices.run();
        }
    }

    @Test
    void nightIsQuietAndNothingExpiresOrEnds() {
        pass(Duration.ofSeconds(20));
        migration.copy(migration.claim().orElseThrow());
        services.control().pause("deploy", "ann");
        pass(Duration.ofSeconds(5));
        List<String> before = migration.locations();
        long pending = pending();
        try (LogCapture log = new LogCapture()) {
            pass(NIGHT);
            assertThat(log.lines()).hasSizeBetween(10, 30);
        }
        assertThat(events).containsExactly("started: run 1 has started", "paused: deploy (by ann)");
        assertThat(services.control().state().hold()).contains(new Hold(Hold.Kind.PAUSED, "deploy"));
        assertThat(roles.result()).isEmpty();
        assertThat(roles.stop()).isEmpty();
        assertThat(migration.locations()).isEqualTo(before);
        assertThat(pending()).isEqualTo(pending).isPositive();

        services.control().resume("ann");
        for (int i = 0; i < 100 && roles.result().isEmpty(); i++) {
            pass(Duration.ofSeconds(1));
            migration.claim().ifPresent(migration::copy);
        }
        assertThat(roles.result()).contains(Publishing.Result.COMPLETE);
        assertThat(migration.locations()).allMatch(location -> location.startsWith("new/"));
        assertThat(events)
                .containsExactly(
                        "started: run 1 has started",
                        "paused: deploy (by ann)",
                        "resumed: it was paused: deploy (by ann)");
    }

    private long pending() {
        return migration.queue.publisher("observer", run -> false).depth().pending();
    }
}
