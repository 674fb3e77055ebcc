package dev.rehome.common.batch;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The codec of batches and the rule for target keys. Every figure is for one record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchBenchmark {
    private static final int RECORDS = 500;

    private final BatchId id = new BatchId(new UUID(0, 1));
    private final List<String> keys = IntStream.range(0, RECORDS)
            .mapToObj(i -> "user_image/" + i % 97 + "/" + (1_000_000 + i) + ".jpg")
            .toList();
    private final Batch batch = new Batch(
            id,
            new RunId(1, new UUID(0, 1)),
            IntStream.range(0, RECORDS)
                    .mapToObj(i -> new SourceRecord(RowKey.of(Integer.toString(1_000_000 + i)), keys.get(i)))
                    .toList());
    private final String payload = BatchCodec.encode(batch);
    private final TargetKeyRule rule = new TargetKeyRule("user_image", "avatar", KeyLayout.PREFIX);

    /** A batch as the queue's payload. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public String encode() {
        return BatchCodec.encode(batch);
    }

    /** A payload as a batch. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public Batch decode() {
        return BatchCodec.decode(id, payload);
    }

    /** A legacy key's target key. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void targetKeys(Blackhole targets) {
        for (String key : keys) {
            targets.consume(rule.targetOf(key));
        }
    }
}
