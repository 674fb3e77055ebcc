package dev.rehome.producer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.TestClock;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.MemoryDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PurgeConditionsTest {
    private static final TargetKeyRule KEYS = new TargetKeyRule("old", "new", KeyLayout.PREFIX);

    private final TestClock clock = new TestClock();
    private final MemoryDatabase database = new MemoryDatabase(KEYS, 3, clock);
    private final MemoryCatalog catalog = database.open();
    private long open;
    private final PurgeConditions conditions =
            new PurgeConditions(catalog.runs(), catalog::rollback, () -> open, Duration.ofDays(7));

    @Test
    void latestRunMustHaveBeenCompleteForTheWaitingTime() {
        assertThat(conditions.refusal())
                .hasValueSatisfying(text -> assertThat(text).contains("No run has started"));
        catalog.runs().startOrResume(Optional.empty());
        assertThat(conditions.refusal())
                .hasValueSatisfying(text -> assertThat(text).contains("Run 1 is in progress"));
        catalog.runs().complete(1, "done");
        assertThat(conditions.refusal()).isEmpty();
        assertThat(conditions.refusalNow())
                .hasValueSatisfying(
                        text -> assertThat(text).contains("PURGE_WAIT_DAYS").contains("2026-01-08T00:00:00Z"));
        clock.advance(Duration.ofDays(7));
        assertThat(conditions.refusalNow()).isEmpty();

        catalog.runs().startOrResume(Optional.empty());
        assertThat(conditions.refusalNow())
                .hasValueSatisfying(text -> assertThat(text).contains("Run 2 is in progress"));
        catalog.runs().complete(2, "done");
        assertThat(conditions.refusalNow()).as("the time starts again").isPresent();
    }

    @Test
    void openBatchesForbidADeletion() {
        catalog.runs().startOrResume(Optional.empty());
        catalog.runs().complete(1, "done");
        open = 3;
        assertThat(conditions.refusal())
                .hasValueSatisfying(text -> assertThat(text).contains("3 batches"));
    }

    @Test
    void rollbackForbidsADeletionUntilAnotherRunIsComplete() {
        database.rows().put(RowKey.of("1"), "old/1");
        catalog.lock().acquire(Duration.ZERO);
        Batch batch = new Batch(
                TestBatches.id(1),
                catalog.runs().startOrResume(Optional.empty()).id(),
                List.of(new SourceRecord(RowKey.of("1"), "old/1")));
        catalog.outcomes().record(batch, TestBatches.copied(batch, KEYS));
        catalog.table().update().apply(batch.id(), 1);
        catalog.runs().complete(1, "done");
        clock.advance(Duration.ofDays(8));
        catalog.rollback().rollBack(batch.id(), Set.of(0));
        assertThat(conditions.refusalNow())
                .hasValueSatisfying(text -> assertThat(text).contains("rolled back"));

        catalog.runs().startOrResume(Optional.empty());
        clock.advance(Duration.ofSeconds(1));
        catalog.runs().complete(2, "done");
        clock.advance(Duration.ofDays(7));
        assertThat(conditions.refusalNow()).isEmpty();
    }
}
