package dev.rehome.emulation.demo;

import dev.rehome.emulation.verification.ObjectVerification;
import dev.rehome.emulation.verification.RowVerification;
import dev.rehome.emulation.verification.Verdict;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Waits for the end of the migration, then reads every row and every object back. */
@Command(
        name = "verify",
        description = "Waits until the migration is complete, then checks every row and every object.")
final class DemoVerification implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Mixin
    private DemoServices services;

    @Option(names = "--timeout", defaultValue = "${env:DEMO_TIMEOUT_SECONDS:-1800}")
    private int timeout;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    @Override
    public Integer call() throws SQLException, InterruptedException {
        if (!isCompleteWithin(Duration.ofSeconds(timeout))) {
            out.println("NOT complete within " + timeout + " s: see docker compose logs producer consumer");
            return 1;
        }
        out.println("The migration is complete. Reading every row and every object back:");
        Verdict verdict = new Verdict();
        try (Connection connection = services.connect();
                S3AsyncClient s3 = services.objectStore()) {
            new RowVerification(connection, services.mappingTable).judge(services.rows, verdict);
            new ObjectVerification(s3, services.sourceBucket, services.targetBucket)
                    .judge(services.rows, services.objectSize, verdict, done -> {});
        }
        verdict.lines().forEach(out::println);
        out.println(verdict.holds() ? "Everything holds." : "NOT everything holds.");
        return verdict.holds() ? 0 : 1;
    }

    private boolean isCompleteWithin(Duration time) throws InterruptedException {
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            if (isComplete()) {
                return true;
            }
            Thread.sleep(LOOK.toMillis());
        }
        return false;
    }

    /** Opens a connection each time, because MariaDB may be restarted meanwhile. */
    private boolean isComplete() {
        try (Connection connection = services.connect();
                Statement statement = connection.createStatement();
                ResultSet run = statement.executeQuery("SELECT state FROM `" + services.mappingTable.replace("`", "``")
                        + "_run` ORDER BY run_no DESC LIMIT 1")) {
            return run.next() && run.getString(1).equals("COMPLETE");
        } catch (SQLSyntaxErrorException notYet) {
            return false; // the producer creates the table at its start
        } catch (SQLException away) {
            out.println("MariaDB can't be reached; trying again: " + away.getMessage());
            return false;
        }
    }
}
