package dev.rehome.emulation;

import dev.rehome.emulation.verification.StoredObjects;
import dev.rehome.emulation.verification.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Runs a finished migration once more: it must end as the first did and change nothing. */
record SecondRun(RehearsalPlan plan, RehearsalServices services, S3AsyncClient s3, Path directory, Screen screen) {
    /** Runs and judges; {@code firstCode} is the exit code of the run that finished the migration. */
    void judge(int firstCode, Verdict verdict) throws IOException, SQLException {
        String rows = rows();
        Map<String, String> objects = objects();
        int code = run(firstCode);
        if (code != firstCode) {
            verdict.breach("the second run ended with " + code + ", the first with " + firstCode);
        }
        if (!rows().equals(rows)) {
            verdict.breach("the second run changed rows");
        }
        if (!objects().equals(objects)) {
            verdict.breach("the second run wrote objects");
        }
        if (verdict.holds()) {
            verdict.fact("a second run ended like the first, with exit code " + code + ", and changed nothing");
        }
    }

    private int run(int firstCode) throws IOException {
        Path logs = Files.createDirectories(directory.resolve("second-run"));
        // Records that failed are tried once more, and only that takes consumers.
        RehearsalPlan needed = firstCode == 0 ? plan.withConsumers(0) : plan;
        try (MigrationTasks tasks = new MigrationTasks(needed, services, logs, false, screen::line)) {
            tasks.start();
            Instant end = Instant.now().plus(plan.patience());
            while (!tasks.look()) {
                if (Instant.now().isAfter(end)) {
                    throw new IllegalStateException("the second run doesn't end; its logs are in " + logs);
                }
                Thread.sleep(200);
            }
            return tasks.producerCode();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        }
    }

    private Map<String, String> objects() {
        return StoredObjects.ofMany(s3, RehearsalServices.TARGET_BUCKET);
    }

    /** A digest of every row, every column included. */
    private String rows() throws SQLException {
        try (Connection connection = services.connect();
                Statement statement = connection.createStatement()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            statement.setFetchSize(1_000);
            try (ResultSet row = statement.executeQuery(
                    "SELECT CONCAT_WS('|', id, QUOTE(name), QUOTE(avatar_key), updated_at) FROM `user profile`"
                            + " ORDER BY id")) {
                while (row.next()) {
                    digest.update(row.getString(1).getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
