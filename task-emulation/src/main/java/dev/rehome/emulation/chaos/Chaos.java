package dev.rehome.emulation.chaos;

import dev.rehome.emulation.seeding.SampleObject;
import dev.rehome.emulation.verification.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Faults and a live application at once. For use by one thread. */
public final class Chaos implements AutoCloseable {
    /**
     * What the chaos is let loose on.
     *
     * @param connector opens the application's connections
     * @param s3 the application's client of the object store
     * @param sourceBucket the legacy bucket
     * @param targetBucket the new bucket
     * @param rows rows that were seeded
     * @param objectSize bytes of each object
     */
    public record Ground(
            Connector connector,
            S3AsyncClient s3,
            String sourceBucket,
            String targetBucket,
            int rows,
            int objectSize) {}

    private final Ground ground;
    private final LiveJournal journal = new LiveJournal();
    private final LiveWriter writer;
    private final Nemesis nemesis;

    /** {@code seed} repeats the same choices, though not the same timing. */
    public Chaos(Ground ground, List<Fault> faults, long seed, Consumer<String> notes) {
        this.ground = ground;
        SplittableRandom random = new SplittableRandom(seed);
        this.writer = new LiveWriter(
                ground.connector(), this::upload, journal, random.split(), ground.rows(), ground.objectSize());
        this.nemesis = new Nemesis(faults, random.split(), notes);
    }

    private void upload(SampleObject object) {
        ground.s3()
                .putObject(
                        request -> request.bucket(ground.sourceBucket())
                                .key(object.key())
                                .contentType(object.contentType())
                                .metadata(object.metadata()),
                        AsyncRequestBody.fromBytes(object.bytes()))
                .join();
    }

    /** Lets it loose. */
    public void start() {
        writer.start();
        nemesis.start();
    }

    /** Ends faults and application, and says what they did. */
    public String end() {
        nemesis.close();
        writer.close();
        return String.format(
                "%d faults%s; the application wrote %,d rows, its slowest write took %d ms (restarts of MariaDB apart)",
                nemesis.strikes(),
                nemesis.missed().isEmpty() ? "" : " (no time for " + String.join(", ", nemesis.missed()) + ")",
                journal.size(),
                writer.slowest().toMillis());
    }

    /** Judges the end state, after the migration was let run to its end. */
    public void judge(Verdict verdict) throws SQLException {
        writer.death().ifPresent(cause -> verdict.breach("the application ended before its time: " + cause));
        nemesis.death().ifPresent(cause -> verdict.breach("the faults ended before their time: " + cause));
        if (nemesis.strikes() == 0 || journal.size() == 0) {
            verdict.breach("too short to show anything: " + nemesis.strikes() + " faults, " + journal.size()
                    + " rows written by the application");
        }
        try (Connection connection = ground.connector().connect()) {
            new ChaosVerification(connection, ground.s3(), journal, ground.objectSize())
                    .judge(ground.rows(), writer.last(), ground.sourceBucket(), ground.targetBucket(), verdict);
        }
    }

    @Override
    public void close() {
        nemesis.close();
        writer.close();
    }
}
