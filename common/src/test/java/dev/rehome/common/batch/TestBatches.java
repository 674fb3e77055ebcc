package dev.rehome.common.batch;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;

/** Small batches with ids that tests can name. */
public final class TestBatches {
    /** A run 1 that no ledger has started. */
    public static final RunId RUN = new RunId(1, new UUID(0, 1));

    private TestBatches() {}

    /** The id with a number. */
    public static BatchId id(int number) {
        return new BatchId(new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0000L | number));
    }

    /** A batch of run 1 whose keys are the given numbers and whose locations are {@code legacy/<number>.png}. */
    public static Batch batch(int id, int... keys) {
        List<SourceRecord> records =
                Arrays.stream(keys).mapToObj(TestBatches::record).toList();
        return new Batch(id(id), RUN, records);
    }

    /** The record of a key. */
    public static SourceRecord record(int key) {
        return new SourceRecord(RowKey.of(Integer.toString(key)), "legacy/" + key + ".png");
    }

    /** What a consumer records of a batch when every copy succeeds. */
    public static List<RecordOutcome> copied(Batch batch, TargetKeyRule keys) {
        return IntStream.range(0, batch.size())
                .<RecordOutcome>mapToObj(i -> copied(batch, keys, i))
                .toList();
    }

    /** What a consumer records of one record whose copy succeeds. */
    public static CopiedRecord copied(Batch batch, TargetKeyRule keys, int record) {
        SourceRecord source = batch.records().get(record);
        String target = source.targetKey().orElseGet(() -> keys.targetOf(source.location()));
        return new CopiedRecord(record, target, "etag-" + record, OptionalLong.of(100 + record));
    }
}
