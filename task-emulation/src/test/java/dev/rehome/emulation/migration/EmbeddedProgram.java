package dev.rehome.emulation.migration;

import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.ProcessContext;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.consumer.ConsumerMain;
import dev.rehome.emulation.migration.Programs.ProgramStart;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.producer.ProducerMain;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * A producer or consumer on threads of the tests' JVM, which saves the start of a JVM: a start takes a tenth of the CPU
 * time. What it prints and logs goes to its file, see {@link OutputByProgram}. It can't be killed.
 *
 * <p>The AWS SDK reads its variables from the JVM's own environment. They are given to it as the system properties of the
 * same meaning, so all programs of a JVM must have the same; see {@link TestPrograms}.
 */
final class EmbeddedProgram extends MigrationProgram {
    private static final Pattern WORD = Pattern.compile("_(.)");

    private final ShutdownSignal signal = new ShutdownSignal();
    private final FutureTask<Integer> run;
    private final OutputStream output;

    /** Starts it; {@code log} is the file to which its output is appended. */
    EmbeddedProgram(ProgramStart start, Path log) {
        super(start.name(), log);
        start.environment().forEach((variable, value) -> {
            if (variable.startsWith("AWS_")) {
                System.setProperty(propertyOf(variable), value);
            }
        });
        try {
            output = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        ProcessContext context = new ProcessContext(start.environment(), signal);
        run = new FutureTask<>(() -> execute(context, start));
        OutputByProgram.start(start.name(), output, run);
    }

    private static int execute(ProcessContext context, ProgramStart start) {
        CommandLine program = start.program().equals("producer")
                ? ProducerMain.commandLine(context)
                : ConsumerMain.commandLine(context);
        program.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        program.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        return program.execute(start.arguments().toArray(String[]::new));
    }

    /** {@code AWS_ENDPOINT_URL_S3} is {@code aws.endpointUrlS3}. */
    private static String propertyOf(String variable) {
        return WORD.matcher(variable.toLowerCase(Locale.ROOT).replaceFirst("_", "."))
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    @Override
    public boolean isAlive() {
        return !run.isDone();
    }

    @Override
    public void terminate() {
        signal.request();
    }

    @Override
    public int exitCode() {
        if (isAlive()) {
            throw new IllegalStateException(name() + " still runs");
        }
        try {
            return run.get();
        } catch (ExecutionException failure) {
            throw new AssertionError(name() + " failed", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    @Override
    protected boolean awaitEnd(Duration atMost) throws InterruptedException {
        try {
            run.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException failure) {
            return true;
        }
        return true;
    }

    /** Requests its end and waits for it: what still ran would disturb the next test. */
    @Override
    public void close() {
        terminate();
        exitCode(Await.STEP);
        try {
            output.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
