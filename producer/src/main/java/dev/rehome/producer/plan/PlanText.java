package dev.rehome.producer.plan;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.RowSampler;
import dev.rehome.common.process.Plural;
import dev.rehome.common.process.Printable;
import dev.rehome.common.process.ProgressLine;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Writes a {@link PlanReport} for a terminal. */
public final class PlanText {
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final int EXAMPLES = 3;

    private final PlanReport report;
    private final DateTimeFormatter time;
    private final StringBuilder text = new StringBuilder();

    private PlanText(PlanReport report, ZoneId zone) {
        this.report = report;
        this.time = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm VV", Locale.ROOT)
                .withZone(zone);
    }

    /** Lines for a terminal, with times in this zone. */
    public static String of(PlanReport report, ZoneId zone) {
        PlanText text = new PlanText(report, zone);
        text.write();
        return text.text.toString().stripTrailing();
    }

    private void write() {
        line("Plan: %s", report.migration());
        report.findings().forEach(this::finding);
        report.work().ifPresent(work -> {
            records(work);
            keys(work.keys());
            objects(work.objects());
            forecast(work.forecast());
            update(work.update());
        });
        line(
                report.isRefused()
                        ? "Refused: nothing was changed."
                        : report.isEmpty()
                                ? "Ready, but a run would find nothing to migrate: nothing was changed yet."
                                : "Ready: nothing was changed yet.");
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }

    private void finding(PreflightFinding finding) {
        String mark = switch (finding.severity()) {
            case INFO -> "  ";
            case WARNING -> "  Warning: ";
            case REFUSED -> "  Refused: ";
        };
        line("%s%s", mark, finding.text());
    }

    private void records(PlanReport.Work work) {
        line(
                "  %s %s, %s of %,d",
                number(work.records()),
                work.byManifest() ? "rows hold a key of the manifest" : "legacy rows",
                Plural.of(work.batches(), "batch"),
                work.update().batchSize());
        basis(work.records());
    }

    private void basis(Estimate estimate) {
        if (!estimate.counted()) {
            line("    from %s", estimate.basis());
        }
    }

    private void keys(PlanReport.Keys keys) {
        boolean moved = keys.examples().stream().anyMatch(each -> each.newKey().isPresent());
        if (!keys.examples().isEmpty() && (moved || report.isEmpty())) {
            line(moved ? "  For example:" : "  The column holds, for example:");
            keys.examples()
                    .forEach(each -> line(
                            "    %s",
                            each.newKey()
                                    .map(newKey -> Printable.of(each.key() + " -> " + newKey))
                                    .orElse("'" + Printable.of(each.key()) + "'")));
        }
        if (!keys.risks().isEmpty()) {
            line("  Keys at risk, of %,d looked at:", keys.looked());
            keys.risks()
                    .forEach(each -> line(
                            "    %,d %s; for example '%s'",
                            each.keys(), each.risk().meaning(), Printable.of(each.example())));
        }
    }

    private void objects(PlanReport.ObjectTotals objects) {
        if (objects.distinct().value() == 0) {
            return;
        }
        line("  %s distinct objects", number(objects.distinct()));
        basis(objects.distinct());
        objects.bytes().ifPresent(bytes -> {
            line("  %s to copy, the largest object seen has %s", size(bytes), size((double) objects.largest()));
            basis(bytes);
        });
        ObjectSample sample = objects.sample();
        objects.missing().filter(missing -> missing.high() > 0).ifPresent(missing -> {
            line("  %s objects are missing: their rows would fail with %s", number(missing), FailureCode.NOT_FOUND);
            basis(missing);
        });
        examples("missing", sample.missing());
        if (sample.targetsAlike() > 0) {
            line("  %,d of %,d new keys hold the same content already", sample.targetsAlike(), sample.read());
        }
        if (!sample.targetsDifferent().isEmpty()) {
            line(
                    "  Warning: %,d of %,d new keys hold OTHER content already: their rows would fail with %s",
                    sample.targetsDifferent().size(), sample.read(), FailureCode.TARGET_CONFLICT);
            examples("taken", sample.targetsDifferent());
        }
        if (sample.unread() > 0) {
            line(
                    "  %,d of %,d sampled objects couldn't be inspected: %s",
                    sample.unread(), sample.looked(), sample.trouble());
        }
    }

    private void examples(String label, List<String> keys) {
        keys.stream().limit(EXAMPLES).forEach(key -> line("    %s: %s", label, Printable.of(key)));
    }

    private void forecast(PlanReport.Forecast forecast) {
        if (report.isEmpty()) {
            return;
        }
        line("  Expected time, within the run windows if it starts now:");
        for (RunTime each : forecast.times()) {
            line(
                    "    at %,6d records/s  %s of work, until %s",
                    each.rate(),
                    ProgressLine.shown(each.work()),
                    each.end().map(time::format).orElse("more than ten years from now"));
        }
        forecast.requests()
                .ifPresent(cost -> line(
                        "  Cost in US dollars by the PRICE_ settings: %s for copying, %s for verifying, %s for each month in"
                                + " which both buckets hold the objects",
                        dollars(cost),
                        dollars(forecast.verification()),
                        dollars(forecast.storage().orElseThrow())));
    }

    private void update(PlanReport.Update update) {
        line("  The bulk update of a batch:");
        line("    %s", update.statement().strip().replace("\n", "\n    "));
        line("  EXPLAIN of %s:", update.plan().basis());
        for (RowSampler.Step step : update.plan().steps()) {
            line(
                    "    %s: %s%s, %s",
                    step.table(),
                    step.access(),
                    step.index().isEmpty() ? " without an index" : " by " + step.index(),
                    Plural.of(step.rows(), "row"));
        }
    }

    private static String number(Estimate number) {
        return (number.counted() ? "" : "About ") + shown(number, value -> String.format(Locale.ROOT, "%,.0f", value));
    }

    private static String dollars(Estimate cost) {
        return shown(cost, value -> String.format(Locale.ROOT, "%,.2f", value));
    }

    /** The value, with its range unless it was counted. */
    private static String shown(Estimate number, DoubleFunction<String> format) {
        String value = format.apply(number.value());
        return number.counted()
                ? value
                : value + " (" + format.apply(number.low()) + " to " + format.apply(number.high()) + ")";
    }

    private static String size(Estimate bytes) {
        return (bytes.counted() ? "" : "About ") + shown(bytes, PlanText::size);
    }

    private static String size(double bytes) {
        int unit = 0;
        double size = bytes;
        while (size >= 1_024 && unit < UNITS.length - 1) {
            size /= 1_024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%,.0f %s" : "%,.1f %s", size, UNITS[unit]);
    }
}
