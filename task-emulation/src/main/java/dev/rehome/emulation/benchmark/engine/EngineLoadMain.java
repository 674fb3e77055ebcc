package dev.rehome.emulation.benchmark.engine;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The process that copies: warms up, then measures itself over several windows and prints a line for each. Its arguments are
 * engine, endpoint, copies in flight, the first row, the seconds of warm-up and of a window, and the number of windows.
 */
final class EngineLoadMain {
    /** Begins each line of figures. */
    static final String WINDOW = "window ";

    private static final int WARM_COPIES = 10_000;
    /** In seconds, in addition to the minimum. */
    static final int MOST_WARM_UP = 60;
    /** The most compilation in a second, of all threads together, that counts as quiet. */
    private static final long QUIET_MILLIS = 30;
    /** In succession: over TLS, the JVM pauses for seconds before it compiles the callers of its AES instructions. */
    private static final int QUIET_SECONDS = 5;

    private static final CompilationMXBean COMPILATION = ManagementFactory.getCompilationMXBean();

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private EngineLoadMain() {}

    /** The counters of this process; a negative one is unknown. */
    private record Reading(long copies, long nanos, long cpuNanos, long bytes) {
        static Reading of(LoadGenerator load) {
            return new Reading(
                    load.count(),
                    System.nanoTime(),
                    PROCESS.getProcessCpuTime(),
                    Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                            .filter(bytes -> bytes > 0)
                            .sum());
        }
    }

    /** Runs one case. */
    public static void main(String[] arguments) throws Exception {
        String engine = arguments[0];
        URI endpoint = URI.create(arguments[1]);
        int inFlight = Integer.parseInt(arguments[2]);
        long firstRow = Long.parseLong(arguments[3]);
        try (LoadGenerator load = engine.equals("raw")
                ? new RawLoad(endpoint, firstRow)
                : new EngineLoad(environment(engine, endpoint, inFlight), firstRow)) {
            load.start(inFlight);
            warmUp(load, Long.parseLong(arguments[4]));
            Reading before = Reading.of(load);
            for (int i = 0; i < Integer.parseInt(arguments[6]); i++) {
                TimeUnit.SECONDS.sleep(Long.parseLong(arguments[5]));
                Reading after = Reading.of(load);
                System.out.println(WINDOW + (after.copies - before.copies) + " " + (after.nanos - before.nanos) + " "
                        + (after.cpuNanos - before.cpuNanos) + " " + (after.bytes - before.bytes));
                before = after;
            }
        }
        System.exit(0);
    }

    /**
     * Warms up for this many seconds at least, and until the JVM has nearly stopped compiling: what is measured then is what a
     * long migration costs.
     */
    private static void warmUp(LoadGenerator load, long seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
        int quiet = 0;
        for (int more = 0; more < MOST_WARM_UP && (quiet < QUIET_SECONDS || load.count() < WARM_COPIES); more++) {
            long before = COMPILATION.getTotalCompilationTime();
            TimeUnit.SECONDS.sleep(1);
            quiet = COMPILATION.getTotalCompilationTime() - before > QUIET_MILLIS ? 0 : quiet + 1;
        }
        if (load.count() == 0) {
            throw new IllegalStateException("nothing was copied within " + (seconds + MOST_WARM_UP) + " s");
        }
    }

    private static Map<String, String> environment(String engine, URI endpoint, int inFlight) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_REGION", "eu-central-1");
        environment.put("AWS_ENDPOINT_URL_S3", endpoint.toString());
        environment.put("COPY_ENGINE", engine);
        environment.put("COPY_CONCURRENCY", Integer.toString(inFlight));
        return environment;
    }
}
