package dev.rehome.emulation;

import dev.rehome.common.process.ProgressLine;
import dev.rehome.emulation.RehearsalPlan.Chaos;
import dev.rehome.emulation.RehearsalPlan.ObjectStore;
import dev.rehome.emulation.RehearsalPlan.Watching;
import dev.rehome.emulation.migration.BuiltPrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a rehearsal. */
class RehearsalOptions implements Callable<Integer> {
    /** The application's journal keeps every row in memory, and a guarantee reads the whole table repeatedly. */
    private static final int MOST_ROWS_OF_CHAOS = 200_000;

    @CommandLine.Spec
    private CommandSpec spec;

    @Option(names = "--rows", paramLabel = "N", description = "Rows of the table (${DEFAULT-VALUE}).")
    private int rows = 10_000;

    @Option(names = "--consumers", paramLabel = "N", description = "Consumer processes (${DEFAULT-VALUE}).")
    private int consumers = 2;

    @Option(names = "--object-size", paramLabel = "BYTES", description = "Size of each object (${DEFAULT-VALUE}).")
    private int objectSize = 2_048;

    @Option(names = "--batch-size", paramLabel = "N", description = "Records in a batch (${DEFAULT-VALUE}).")
    private int batchSize = 500;

    @Option(
            names = "--latency",
            paramLabel = "MS",
            description = "Milliseconds added to each S3 request (${DEFAULT-VALUE}).")
    private int latency = 0;

    @Option(names = "--synthetic", description = "Simulate the object store, for millions of rows.")
    private boolean synthetic;

    @Option(names = "--keep", description = "Keep data and logs after a success; see `open`.")
    private boolean keep;

    @Option(names = "--dashboard", description = "Serve the dashboard; copy slowly enough to watch.")
    private boolean dashboard;

    @Option(
            names = "--chaos",
            paramLabel = "TIME",
            description =
                    "For this long (90s, 10m, 1h), kill, freeze and wipe processes and servers while an application"
                            + " writes; then judge the result.")
    private String chaos = "0s";

    @Option(names = "--seed", paramLabel = "N", description = "Repeat the random choices of an earlier --chaos.")
    private Long seed;

    @Option(names = "--debug", paramLabel = "PROGRAM", description = "Make producer or consumer wait for a debugger.")
    private String debug;

    @Option(names = "--home", hidden = true, description = "The project's folder.")
    private Path home = Path.of(System.getProperty("rehome.home", "."));

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        check(wrong, rows >= 1 && rows <= 10_000_000, "--rows", rows, "1 to 10,000,000");
        check(wrong, consumers >= 1 && consumers <= 64, "--consumers", consumers, "1 to 64");
        check(wrong, objectSize >= 0 && objectSize <= 16 << 20, "--object-size", objectSize, "0 to 16777216");
        check(wrong, batchSize >= 1 && batchSize <= 10_000, "--batch-size", batchSize, "1 to 10,000");
        check(wrong, latency >= 0 && latency <= 10_000, "--latency", latency, "0 to 10,000");
        Duration soak = Duration.ZERO;
        if (chaos.matches("[0-9]{1,4}[smh]")) {
            soak = Duration.parse("PT" + chaos.toUpperCase(Locale.ROOT));
        } else {
            wrong.add("--chaos " + chaos + " is not a time: expected a number and s, m or h, such as 10m");
        }
        if (!soak.isZero()) {
            check(wrong, rows <= MOST_ROWS_OF_CHAOS, "--rows with --chaos", rows, "1 to 200,000");
            if (synthetic) {
                wrong.add("--synthetic can't be combined with --chaos, whose application writes objects");
            }
        }
        if (debug != null && !List.of("producer", "consumer").contains(debug)) {
            wrong.add("--debug " + debug + " is not a program: expected producer or consumer");
        }
        if ("consumer".equals(debug)) {
            check(wrong, consumers == 1, "--consumers with --debug consumer", consumers, "1");
        }
        if (!wrong.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), wrong));
        }
        return new Rehearsal(
                        new RehearsalPlan(
                                new BuiltPrograms(home.toAbsolutePath().normalize(), Optional.ofNullable(debug)),
                                rows,
                                consumers,
                                new ObjectStore(synthetic, objectSize, Duration.ofMillis(latency)),
                                batchSize,
                                new Watching(keep, dashboard),
                                new Chaos(soak, seed == null ? System.nanoTime() : seed)),
                        ProgressLine.onStandardOutput())
                .run();
    }

    private static void check(List<String> wrong, boolean holds, String option, int value, String expected) {
        if (!holds) {
            wrong.add(option + " " + value + " is out of range: expected " + expected);
        }
    }
}
