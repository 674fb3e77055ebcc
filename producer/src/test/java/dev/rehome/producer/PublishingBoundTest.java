package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.queue.Claim;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Publishing that ends after a number of records. */
class PublishingBoundTest extends PublishingFixture {
    @Test
    void boundEndsTheRunAfterExactlySoManyRecords() {
        migration.withRows(9);
        bound = PublishingBound.of(OptionalInt.of(3), () -> done);
        leadership.taken();

        Publishing publishing = publishing();
        work(publishing, 50, this::migrateAndCount);

        assertThat(publishing.result()).contains(Publishing.Result.BOUND_REACHED);
        assertThat(claimed).containsExactly("old/1", "old/2", "old/3");
    }

    @Test
    void boundCountsWhatAnotherProcessPublished() {
        migration.withRows(9);
        bound = PublishingBound.of(OptionalInt.of(5), () -> done);
        leadership.taken();
        Publishing killed = publishing();
        steps(killed, 4);
        assertThat(depth().open()).as("batches left behind").isPositive();

        Leadership next = new Leadership();
        next.taken();
        bound = PublishingBound.of(OptionalInt.of(5), () -> done);
        Publishing resumed = publishing(true, next);
        steps(resumed, 10);
        assertThat(resumed.result()).as("batches are open").isEmpty();
        work(resumed, 50, this::migrateAndCount);

        assertThat(resumed.result()).contains(Publishing.Result.BOUND_REACHED);
        assertThat(claimed).containsExactly("old/1", "old/2", "old/3", "old/4", "old/5");
    }

    @Test
    void boundHoldsAfterTheQueueLostABatch() {
        migration.withRows(9);
        bound = PublishingBound.of(OptionalInt.of(3), () -> done);
        leadership.taken();
        Publishing publishing = publishing();
        steps(publishing, 3);
        migration.queue.wipe();

        work(publishing, 80, this::migrateAndCount);

        assertThat(publishing.result()).contains(Publishing.Result.BOUND_REACHED);
        assertThat(done).isEqualTo(3);
        assertThat(migration.locations())
                .filteredOn(location -> location.startsWith("new/"))
                .hasSize(3);
    }

    private void migrateAndCount(Claim claim) {
        migrate(claim);
        done += claim.batch().size();
    }
}
