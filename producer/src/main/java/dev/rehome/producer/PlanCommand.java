package dev.rehome.producer;

import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.queue.BatchQueue;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.common.settings.Environment;
import dev.rehome.producer.scaling.ServiceCheck;
import dev.rehome.queue.redis.RedisBatchQueue;
import dev.rehome.services.ecs.EcsServices;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Checks and counts everything and changes nothing. */
@Command(
        name = "plan",
        description = "Checks everything and counts the rows; changes nothing.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:a run would start", "1:failed; the message says why", "2:refused, or settings are wrong"},
        footerHeading = "%nSettings (environment variables):%n")
final class PlanCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        ProducerSettings settings = ProducerSettings.from(new Environment(System.getenv()));
        PrintStream out = Output.utf8();
        try (BatchQueue queue = new RedisBatchQueue(settings.redis(), settings.queue(), settings.identity());
                ProducerCatalog catalog = settings.openCatalog(InstantSource.system(), 2);
                ManifestCheck manifest = new ManifestCheck(settings.manifest(), settings.migration(), catalog)) {
            Preflight preflight = new Preflight(
                    catalog, queue.publisher("plan"), settings.throttle().replicas(), manifest);
            out.printf(
                    "Plan: %s.%s, s3://%s/%s to s3://%s/%s%n",
                    settings.catalog().catalog(),
                    settings.catalog().column(),
                    settings.migration().sourceBucket(),
                    settings.migration().keys().legacy(),
                    settings.migration().targetBucket(),
                    settings.migration().keys().target());
            Preflight.Result result = preflight.check();
            List<PreflightFinding> services =
                    settings.scaling().map(PlanCommand::services).orElse(List.of());
            boolean refused = result.isRefused()
                    || services.stream().anyMatch(finding -> finding.severity() == PreflightFinding.Severity.REFUSED);
            result.findings().forEach(finding -> print(out, finding));
            services.forEach(finding -> print(out, finding));
            if (result.table().isPresent() && manifest.isKnown()) {
                Preflight.Count count = preflight.countAhead(result.table().get());
                out.printf(
                        Locale.ROOT,
                        "  %,d %s, %,d batches of %,d%n",
                        count.legacy(),
                        manifest.examined().isPresent() ? "rows hold a key of the manifest" : "legacy rows",
                        (count.legacy() + settings.batchSize() - 1) / settings.batchSize(),
                        settings.batchSize());
                if (count.legacy() == 0 && manifest.examined().isPresent()) {
                    print(
                            out,
                            PreflightFinding.warning(
                                    "No row holds a key of the manifest: compare one of its keys with the"
                                            + " column byte for byte, and look at MANIFEST_ENCODING and MANIFEST_FIELDS."));
                }
                if (count.tooLong() > 0) {
                    refused = true;
                    print(
                            out,
                            PreflightFinding.refused(String.format(
                                    Locale.ROOT,
                                    "%,d of them have a new key that is longer than the column: widen it or shorten"
                                            + " the new keys.",
                                    count.tooLong())));
                }
                out.printf(
                        "  The bulk update of a batch:%n    %s%n",
                        result.table().get().update().statement());
            }
            out.println(refused ? "Refused: nothing was changed." : "Ready: nothing was changed yet.");
            return refused ? ExitCode.REFUSED : ExitCode.COMPLETE;
        }
    }

    private static List<PreflightFinding> services(ScalingSettings settings) {
        try (ServiceScaler scaler = new EcsServices(settings.cluster())) {
            return ServiceCheck.of(scaler, settings, false);
        }
    }

    /** One finding as a line. */
    static void print(PrintStream out, PreflightFinding finding) {
        String mark = switch (finding.severity()) {
            case INFO -> "  ";
            case WARNING -> "  Warning: ";
            case REFUSED -> "  Refused: ";
        };
        out.println(mark + finding.text());
    }
}
