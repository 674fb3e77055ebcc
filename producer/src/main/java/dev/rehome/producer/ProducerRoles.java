package dev.rehome.producer;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.catalog.BatchLedger;
import dev.rehome.common.catalog.CatalogTable;
import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ReplicaHeartbeat;
import dev.rehome.common.process.Loop;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.ControlChannel;
import dev.rehome.common.queue.Hold;
import dev.rehome.common.queue.OperatorControl;
import dev.rehome.producer.progress.Progress;
import dev.rehome.producer.progress.ProgressReporting;
import dev.rehome.producer.progress.RunSnapshot;
import dev.rehome.producer.progress.StatusLine;
import dev.rehome.producer.report.Tally;
import dev.rehome.producer.scaling.ServiceRun;
import dev.rehome.producer.scaling.WindowScaling;
import dev.rehome.producer.throttle.ReplicaLag;
import dev.rehome.producer.throttle.ReplicaLagMonitor;
import dev.rehome.producer.throttle.Throttle;
import dev.rehome.producer.webhook.RunEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The roles of a producer during one run, as steps without threads. Production repeats each step in a loop of its own; the
 * model test schedules the same steps one at a time.
 */
final class ProducerRoles implements AutoCloseable {
    /** A background activity; {@code name} is for its thread and its log lines. */
    record Role(String name, Loop.Step step) {}

    private static final Duration NOT_LEADING = Duration.ofSeconds(1);

    private final Publishing publishing;
    private final ReplicaHeartbeat heartbeat;
    private final Throttle throttle;
    private final ProgressReporting reporting;
    private final List<Role> roles = new ArrayList<>();

    ProducerRoles(
            ProducerServices services, RunSettings settings, CatalogTable table, RunStart start, Progress progress) {
        this(
                services,
                settings,
                table,
                progress,
                settings.publishing(start, PublishingBound.none()),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * @param scaling the services that run producer and consumers, if there are any
     * @param events the events for the webhook, if there is one
     */
    ProducerRoles(
            ProducerServices services,
            RunSettings settings,
            CatalogTable table,
            Progress progress,
            Publishing.Settings published,
            Optional<ServiceRun> scaling,
            Optional<RunEvents> events) {
        ProducerCatalog catalog = services.catalog();
        BatchPublisher queue = services.publisher();
        ControlChannel control = services.queue().control();
        OperatorControl operator = services.control();
        Leadership leadership = new Leadership();

        heartbeat = catalog.heartbeat(settings.throttle().replicas(), services.name());
        ReplicaLag lag =
                new ReplicaLag(heartbeat.replicas(), settings.throttle().soft().replicaLag(), services.clock());
        int run = published.run().number();
        throttle = new Throttle(
                new Throttle.Sources(
                        catalog.load()::read,
                        operator::state,
                        services.queue().fleet()::lastMinute,
                        () -> catalog.batches().totals(run),
                        services.time()),
                lag,
                services.clock(),
                settings.throttle(),
                run);
        publishing = new Publishing(
                table.work(),
                queue,
                services.ids(),
                leadership,
                throttle::reason,
                progress,
                published.withBatchSize(() -> throttle.live(RunSettings.BATCH_SIZE, settings.batchSize())));

        add(
                "applying",
                new Applying(
                        catalog.lock(),
                        table.update(),
                        queue,
                        leadership,
                        throttle::applyReason,
                        progress,
                        services.clock()));
        add("publishing", publishing);
        add(
                "recovering",
                new Recovering(
                        services.queue().reaper(),
                        queue::finish,
                        deadLetters(catalog.outcomes(), catalog.batches(), progress),
                        services.ids(),
                        leadership,
                        settings.lease()));
        add(
                "throttling",
                new ThrottleReporter(
                        throttle, control::throttle, leadership, progress, services.clock(), settings.statusPeriod()));
        add("hard limits", new HardLimits(throttle::critical, throttle::stop, operator, () -> leadership.term() != 0));
        add("draining", new DrainReport(throttle::isDraining, queue::depth));
        scaling.ifPresent(each -> add(
                "scaling with the windows",
                each.followWindows(new WindowScaling.Run(
                        () -> leadership.term() != 0,
                        throttle::settings,
                        () -> queue.depth().leased(),
                        services.time()))));
        events.ifPresent(each -> add("webhook", () -> leadership.term() == 0 ? NOT_LEADING : each.run()));
        new ReplicaLagMonitor(heartbeat, lag, () -> leadership.term() != 0)
                .steps()
                .forEach(this::add);
        add("counting", new LegacyCount(table.work(), progress::mustCount, progress::legacy));
        reporting = new ProgressReporting(
                () -> catalog.runs().latest().orElseThrow(),
                progress,
                new ProgressReporting.Sources(
                        () -> catalog.batches().totals(published.run().number()),
                        queue::depth,
                        queue::records,
                        control::reports),
                services.queue().progress(),
                () -> leadership.term() != 0,
                throttle::windows,
                new ProgressReporting.Clocks(services.clock(), services.time()));
        add("progress", reporting);
        add("status", new StatusLine(progress::latest, services.clock(), settings.statusPeriod()));
    }

    private static BiConsumer<Batch, FailedRecord> deadLetters(
            OutcomeLedger outcomes, BatchLedger batches, Progress progress) {
        return (batch, failure) -> {
            outcomes.record(batch, List.of(failure));
            batches.recordDeadLetter(batch.id());
            progress.applied(batch.id(), RecordTotals.NONE.withFailed(1));
        };
    }

    private void add(String name, Loop.Step step) {
        roles.add(new Role(name, step));
    }

    /** All roles. Each step is for one thread at a time; different steps may run at the same time. */
    List<Role> all() {
        return List.copyOf(roles);
    }

    /** The stop that an operator or a hard limit has requested; empty without one. */
    Optional<Hold> stop() {
        return throttle.stop();
    }

    /** How the run ended; empty while it continues. Safe for use by any thread. */
    Optional<Publishing.Result> result() {
        return publishing.result();
    }

    /** The failures that the last pass found. Only after the end. */
    Tally<String, SourceRecord> failures() {
        return publishing.failures();
    }

    /** A description of the last idle pass. Only after the end. */
    String lastIdlePass() {
        return publishing.lastIdlePass();
    }

    /** Publishes the state in which the run ends. */
    void end(RunSnapshot.Phase phase, Optional<Instant> completed, List<RunSnapshot.Reason> reasons) {
        reporting.end(phase, completed, reasons);
    }

    @Override
    public void close() {
        heartbeat.close();
    }
}
