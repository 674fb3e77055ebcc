package dev.rehome.emulation.benchmark;

import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.emulation.seeding.SampleRow;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes batches of the sample's legacy rows, one after the other. For one thread. */
final class SampleBatches {
    private final RunId run;
    private final RandomGenerator random;
    private long row;

    SampleBatches(RunId run, RandomGenerator random) {
        this.run = run;
        this.random = random;
    }

    /** The next rows as a batch. */
    Batch next(int records) {
        List<SourceRecord> batch = new ArrayList<>(records);
        while (batch.size() < records) {
            SampleRow next = SampleRow.of(++row);
            if (next.kind() == SampleRow.Kind.LEGACY) {
                batch.add(new SourceRecord(RowKey.of(Long.toString(row)), next.location()));
            }
        }
        return new Batch(BatchId.next(InstantSource.system(), random), run, batch);
    }
}
