package dev.rehome.emulation.chaos;

import dev.rehome.emulation.chaos.LiveJournal.Content;
import dev.rehome.emulation.seeding.Bounded;
import dev.rehome.emulation.seeding.SampleObject;
import dev.rehome.emulation.seeding.SampleRow;
import dev.rehome.emulation.verification.Verdict;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Judges the end state by the application's journal and the objects themselves. */
final class ChaosVerification {
    private static final int UNDER_WAY = 64;

    private final Connection connection;
    private final S3AsyncClient s3;
    private final LiveJournal journal;
    private final int objectSize;

    ChaosVerification(Connection connection, S3AsyncClient s3, LiveJournal journal, int objectSize) {
        this.connection = connection;
        this.s3 = s3;
        this.journal = journal;
        this.objectSize = objectSize;
    }

    void judge(long seeded, long last, String sourceBucket, String targetBucket, Verdict verdict) throws SQLException {
        Map<Long, Content> found = rows(verdict);
        Bounded gets = new Bounded(UNDER_WAY);
        long migrated = 0;
        for (long id = 1; id <= last; id++) {
            SampleRow sample = SampleRow.of(id);
            Content before = id <= seeded ? Content.of(sample.location()) : Content.ABSENT;
            Set<Content> expected = journal.allowed(id, before).stream()
                    .map(content -> migrated(content, sample))
                    .collect(Collectors.toSet());
            Content now = found.getOrDefault(id, Content.ABSENT);
            if (!expected.contains(now)) {
                verdict.breach("row " + id + " holds " + now + ", allowed is " + expected);
            }
            if (now.present()
                    && sample.kind() == SampleRow.Kind.LEGACY
                    && sample.expectedLocation().equals(now.location())) {
                migrated++;
                same(gets, targetBucket, now.location(), sample, verdict);
            }
            if (id <= seeded && sample.kind() == SampleRow.Kind.LEGACY) {
                same(gets, sourceBucket, sample.location(), sample, verdict);
            }
        }
        gets.await();
        verdict.fact(String.format("%,d rows point at their new object, with the same bytes", migrated));
        verdict.fact(String.format("%,d rows that the application wrote hold its last word", journal.size()));
        verdict.fact("the legacy bucket holds what it held");
    }

    /** What a row must hold at the end: a legacy key with an object is migrated, all else is as the application left it. */
    private static Content migrated(Content content, SampleRow sample) {
        boolean legacy = content.present()
                && sample.kind() == SampleRow.Kind.LEGACY
                && sample.location().equals(content.location());
        return legacy ? Content.of(sample.expectedLocation()) : content;
    }

    private Map<Long, Content> rows(Verdict verdict) throws SQLException {
        Map<Long, Content> rows = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(1_000);
            try (ResultSet row = statement.executeQuery(
                    "SELECT id, name, avatar_key, updated_at =" + " '2020-01-01 00:00:00' FROM `user profile`")) {
                while (row.next()) {
                    rows.put(row.getLong(1), Content.of(row.getString(3)));
                    if (!row.getString(2).equals("user " + row.getLong(1)) || !row.getBoolean(4)) {
                        verdict.breach("row " + row.getLong(1) + ": another column than the location was changed");
                    }
                }
            }
        }
        return rows;
    }

    private void same(Bounded gets, String bucket, String key, SampleRow sample, Verdict verdict) {
        byte[] expected = sample.object(objectSize).map(SampleObject::bytes).orElseThrow();
        gets.submit(() -> s3.getObject(request -> request.bucket(bucket).key(key), AsyncResponseTransformer.toBytes())
                .handle((answer, trouble) -> {
                    if (trouble != null) {
                        verdict.breach("s3://" + bucket + "/" + key + " can't be read: " + trouble.getMessage());
                    } else if (!Arrays.equals(answer.asByteArrayUnsafe(), expected)) {
                        verdict.breach("s3://" + bucket + "/" + key + " has other bytes");
                    }
                    return null;
                }));
    }
}
