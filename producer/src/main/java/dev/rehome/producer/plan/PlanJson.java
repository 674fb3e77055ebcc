package dev.rehome.producer.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.RowSampler;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a {@link PlanReport} as one JSON object. Field names are stable: new ones may be added. Fields without a value are
 * left out. Sizes are in bytes, times in seconds and ISO 8601.
 */
public final class PlanJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(any -> any.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private PlanJson() {}

    private record Heading(String migration, boolean ready, List<Finding> findings) {}

    private record Finding(String severity, String text) {
        private static Finding of(PreflightFinding finding) {
            return new Finding(finding.severity().name().toLowerCase(Locale.ROOT), finding.text());
        }
    }

    private record Work(
            String selection,
            Estimate records,
            Batches batches,
            PlanReport.Keys keys,
            PlanReport.ObjectTotals objects,
            Update update,
            List<Time> times,
            Cost costInDollars) {}

    private record Batches(int size, long count) {}

    private record Update(String statement, String explained, List<RowSampler.Step> explain) {}

    private record Time(int recordsPerSecond, long workSeconds, Optional<Instant> end) {}

    private record Cost(Optional<Estimate> copying, Optional<Estimate> storagePerMonth, Estimate verifying) {}

    /** The object, on one line. */
    public static String of(PlanReport report) {
        ObjectNode root = JSON.valueToTree(new Heading(
                report.migration(),
                !report.isRefused(),
                report.findings().stream().map(Finding::of).toList()));
        report.work().ifPresent(work -> root.setAll(JSON.<ObjectNode>valueToTree(work(work))));
        return root.toString();
    }

    private static Work work(PlanReport.Work work) {
        PlanReport.Update update = work.update();
        PlanReport.Forecast forecast = work.forecast();
        return new Work(
                work.byManifest() ? "manifest" : "prefix",
                work.records(),
                new Batches(update.batchSize(), work.batches()),
                work.keys(),
                work.objects(),
                new Update(
                        update.statement(), update.plan().basis(), update.plan().steps()),
                forecast.times().stream()
                        .map(time -> new Time(time.rate(), time.work().toSeconds(), time.end()))
                        .toList(),
                new Cost(forecast.requests(), forecast.storage(), forecast.verification()));
    }
}
