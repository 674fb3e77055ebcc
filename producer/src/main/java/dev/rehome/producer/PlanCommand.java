package dev.rehome.producer;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.ProgressLine;
import dev.rehome.common.settings.Environment;
import dev.rehome.producer.plan.PlanJson;
import dev.rehome.producer.plan.PlanReport;
import dev.rehome.producer.plan.PlanText;
import dev.rehome.producer.plan.Prices;
import dev.rehome.producer.throttle.RunWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Prints the work of a run, its duration and its cost. */
@Command(
        name = "plan",
        description = "Checks everything, estimates the work, its time and its cost; changes nothing.",
        exitCodeList = {"0:a run would start", "1:failed; the message says why", "2:refused, or settings are wrong"},
        footer = "Settings are environment variables: see `producer settings`.")
final class PlanCommand implements Callable<Integer> {
    private static final int MOST_OBJECTS = 100_000;
    private static final int HIGHEST_RATE = 1_000_000;

    @CommandLine.Spec
    private CommandSpec spec;

    @CommandLine.ParentCommand
    private ProducerMain program;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Inspect the objects of N records from all over the table (${DEFAULT-VALUE}).")
    private int sample = 200;

    @Option(
            names = "--full",
            description = "Count every row, read every key and list the legacy bucket: exact, but takes minutes for"
                    + " millions of rows.")
    private boolean full;

    @Option(
            names = "--rates",
            paramLabel = "N",
            split = ",",
            description = "Forecast the duration at these numbers of records per second (100,500,2000).")
    private List<Integer> rates = List.of(100, 500, 2_000);

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        List<String> wrong = new ArrayList<>();
        if (sample < 0 || sample > MOST_OBJECTS) {
            wrong.add("--sample " + sample + " is out of range: expected 0 to 100,000");
        }
        rates.stream()
                .filter(rate -> rate < 1 || rate > HIGHEST_RATE)
                .forEach(rate -> wrong.add("--rates " + rate + " is out of range: expected 1 to 1,000,000"));
        if (!wrong.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), wrong));
        }
        Environment env = new Environment(program.context().environment());
        PlanOptions options = new PlanOptions(sample, full, rates, Prices.from(env));
        ProducerFactory factory = ProducerFactory.from(env);
        PlanReport report;
        try (ProgressLine progress = ProgressLine.onStandardError();
                ProducerServices services = factory.open();
                RunManifest manifest = factory.manifest(services)) {
            report = factory.plan(services, manifest, options, progress);
        }
        RunWindows windows = factory.settings().run().throttle().windows();
        System.out.println(json ? PlanJson.of(report) : PlanText.of(report, windows.zone()));
        return report.isRefused() ? ExitCode.REFUSED : ExitCode.COMPLETE;
    }

    /** How much a plan reads, for which rates it forecasts, and by which prices. */
    record PlanOptions(int objects, boolean full, List<Integer> rates, Prices prices) {}
}
