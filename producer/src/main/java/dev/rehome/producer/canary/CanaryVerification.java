package dev.rehome.producer.canary;

import dev.rehome.common.catalog.MappingRowId;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.process.BoundedParallel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Reads back the first records that a run has migrated, in the order in which they were published.
 *
 * @param migrated the ledger's migrated records
 * @param check reads one record back
 * @param stopped whether to end early
 */
record CanaryVerification(MigratedRecords migrated, MovedRecordCheck check, BooleanSupplier stopped) {
    private static final int IN_PARALLEL = 16;
    private static final int EXAMPLES = 5;

    /**
     * The result.
     *
     * @param counts how many records there are in each state
     * @param examples some records that aren't verified, one text each
     * @param stopped whether it was stopped before it had read all of them
     */
    record Result(Map<MovedRecordCheck.State, Long> counts, List<String> examples, boolean stopped) {
        Result {
            counts = Map.copyOf(counts);
            examples = List.copyOf(examples);
        }

        long count(MovedRecordCheck.State state) {
            return counts.getOrDefault(state, 0L);
        }

        long differences() {
            return counts.entrySet().stream()
                    .filter(each -> each.getKey().isDifference())
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    /**
     * Verifies records.
     *
     * @param after the ledger's row after which they begin
     * @param most how many at most
     */
    Result verify(MappingRowId after, int most) {
        Map<MovedRecordCheck.State, Long> counts = new EnumMap<>(MovedRecordCheck.State.class);
        List<String> examples = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(IN_PARALLEL);
        try {
            Optional<MappingRowId> position = Optional.of(after);
            int left = most;
            while (position.isPresent() && left > 0) {
                if (stopped.getAsBoolean()) {
                    return new Result(counts, examples, true);
                }
                MigratedRecords.Page page = migrated.page(position);
                List<MigratedRecord> records =
                        page.records().stream().limit(left).toList();
                left -= records.size();
                for (MovedRecordCheck.Checked each : BoundedParallel.run(
                        threads, IN_PARALLEL, records.size(), record -> check.check(records.get(record)))) {
                    counts.merge(each.state(), 1L, Long::sum);
                    if (!each.text().isEmpty() && examples.size() < EXAMPLES) {
                        examples.add(each.text());
                    }
                }
                position = page.end();
            }
        } finally {
            threads.shutdown();
        }
        return new Result(counts, examples, false);
    }
}
