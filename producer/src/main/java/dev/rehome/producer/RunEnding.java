package dev.rehome.producer;

import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.RunLedger.Run;
import dev.rehome.producer.progress.RunSnapshot.Kind;
import dev.rehome.producer.progress.RunSnapshot.Phase;
import dev.rehome.producer.progress.RunSnapshot.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Records and reports how a run ended, once publishing has.
 *
 * @param scales whether the services must be scaled to zero afterwards
 * @param reports receives the report
 */
record RunEnding(ProducerCatalog catalog, boolean scales, Consumer<RunReport> reports, UntilAvailable untilAvailable) {
    RunEnd end(Run run, ProducerRoles roles) {
        Publishing.Result result = roles.result().orElseThrow();
        if (result == Publishing.Result.BOUND_REACHED) {
            return RunEnd.BOUND_REACHED;
        }
        boolean complete = result == Publishing.Result.COMPLETE;
        RunReport report = new RunReport(
                run.number(),
                untilAvailable.call(() -> catalog.batches().totals(run.number())),
                roles.failures(),
                untilAvailable.call(
                        () -> Duration.between(run.started(), catalog.runs().now())),
                complete ? Optional.empty() : Optional.of(roles.lastIdlePass()));
        if (complete) {
            untilAvailable.run(() -> complete(run, report));
        }
        reports.accept(report);
        publish(roles, report, complete);
        if (!complete) {
            return RunEnd.HALTED;
        }
        return report.failures().total() > 0 ? RunEnd.COMPLETE_WITH_FAILURES : RunEnd.COMPLETE;
    }

    /** Written before anything is scaled: a producer that dies in between must not start another run. */
    private void complete(Run run, RunReport report) {
        if (scales) {
            catalog.scaleDown().due(run.number());
        }
        catalog.runs().complete(run.number(), report.json());
    }

    private void publish(ProducerRoles roles, RunReport report, boolean complete) {
        List<Reason> reasons = report.stalled()
                .map(reason -> List.of(
                        new Reason(Kind.TROUBLE, "too many passes in a row moved nothing; the last one: " + reason)))
                .orElse(List.of());
        roles.end(
                complete ? Phase.COMPLETE : Phase.INCOMPLETE,
                complete ? untilAvailable.call(catalog.runs()::latest).flatMap(Run::completed) : Optional.empty(),
                reasons);
    }
}
