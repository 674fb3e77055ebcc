package dev.rehome.common.catalog;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.BatchId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** The runs of a {@link MemoryCatalog}. For one thread. */
final class MemoryLedger implements RunLedger {
    private final InstantSource time;
    private final IntFunction<ApplyResult> totals;
    private final Consumer<BatchId> aside;
    private final List<Run> runs = new ArrayList<>();

    MemoryLedger(InstantSource time, IntFunction<ApplyResult> totals, Consumer<BatchId> aside) {
        this.time = time;
        this.totals = totals;
        this.aside = aside;
    }

    @Override
    public Run open(Optional<String> manifest) {
        latest().flatMap(run -> run.refusal(manifest)).ifPresent(refusal -> {
            throw new Rejected(refusal);
        });
        if (latest().flatMap(Run::completed).isPresent() || runs.isEmpty()) {
            runs.add(new Run(runs.size() + 1, time.instant(), Optional.empty(), manifest));
        }
        return latest().orElseThrow();
    }

    @Override
    public void complete(int run, String report) {
        Run known = runs.get(run - 1);
        if (known.completed().isEmpty()) {
            runs.set(run - 1, new Run(run, known.started(), Optional.of(time.instant()), known.manifest()));
        }
    }

    @Override
    public void setAside(BatchId batch) {
        aside.accept(batch);
    }

    @Override
    public ApplyResult totals(int run) {
        return totals.apply(run);
    }

    @Override
    public Optional<Run> latest() {
        return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
    }

    @Override
    public Instant now() {
        return time.instant();
    }
}
