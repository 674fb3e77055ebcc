package dev.rehome.common.queue;

import static dev.rehome.common.batch.TestBatches.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.RunId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of a queue with the runs and migrations that may hold it. */
interface OwnershipContract extends QueueScenario {
    @Test
    default void nextRunOfTheMigrationDropsTheBatchesOfTheEarlierOne() {
        published(1, 2, 3);
        queue().claimer("c").complete(claimed("c"));
        Lease lease = claimed("c");
        RunId next = RunId.start(1);
        BatchPublisher producer = queue().publisher("next");
        assertThat(producer.lead(next)).isEqualTo(new ScanState(0, Optional.empty(), 0));
        assertThat(queue().contents()).isEmpty();
        assertThat(queue().claimer("c").heartbeat(lease)).isFalse();
        assertThat(queue().claimer("c").complete(lease)).isEqualTo(CompleteResult.LOST);

        producer.beginPass(1);
        Batch fresh = new Batch(id(4), next, batch(4).records());
        assertThat(producer.publish(fresh, RowKey.of("4"), 1)).isEqualTo(PublishResult.PUBLISHED);
        assertThat(queue().claimer("c").claim(RUN)).isEmpty();
        assertThat(queue().claimer("c").claim(next)).map(Claim::batch).contains(fresh);
    }

    @Test
    default void batchOfAnotherRunIsFencedOff() {
        published();
        Batch other = new Batch(id(1), RunId.start(1), batch(1).records());
        assertThat(publisher().publish(other, RowKey.of("1"), 1)).isEqualTo(PublishResult.FENCED);
        assertThat(queue().contents()).isEmpty();
    }

    @Test
    default void anotherMigrationOfTheSameNameIsRejectedWithTheSettingsThatDiffer() {
        published(1);
        BatchPublisher staging = queue().stagingPublisher("staging", run -> false);
        assertThatThrownBy(() -> staging.lead(RunId.start(1)))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("DATABASE_HOST is 'production' there and 'staging' here")
                .message()
                .doesNotContain("DATABASE_NAME");
        assertThat(staging.refusal()).isPresent();
        assertThat(queue().contents()).isEqualTo("pending 1");
        assertThat(publish(2)).isEqualTo(PublishResult.PUBLISHED);
    }

    @Test
    default void sameRunMaySpellSettingsDifferently() {
        published(1);
        BatchPublisher renamed = queue().stagingPublisher("renamed", RUN::equals);
        assertThat(renamed.refusal()).isEmpty();
        assertThat(renamed.lead(RUN).published()).isEqualTo(1);
        assertThat(queue().contents()).isEqualTo("pending 1");
    }

    /** The database moved to another host after run 1: its ledger has run 1, so the queue is still its own. */
    @Test
    default void nextRunTakesOverTheQueueOfARunThatItsLedgerKnows() {
        published(1);
        RunId next = RunId.start(2);
        BatchPublisher moved = queue().stagingPublisher("moved", RUN::equals);
        assertThat(moved.refusal()).isEmpty();
        assertThat(moved.lead(next)).isEqualTo(new ScanState(0, Optional.empty(), 0));
        assertThat(queue().contents()).isEmpty();
        assertThat(queue().stagingClaimer("c").claim(next)).isEmpty();
    }

    @Test
    default void sameMigrationIsNeverRefused() {
        assertThat(publisher().refusal()).isEmpty();
        published(1);
        assertThat(queue().publisher("next").refusal()).isEmpty();
    }

    /** Two databases under one host name would otherwise keep dropping each other's batches. */
    @Test
    default void leaderWhoseQueueWasTakenOverDoesNotTakeItBack() {
        published(1);
        queue().publisher("other").lead(RunId.start(1));
        assertThatThrownBy(() -> publisher().lead(RUN)).isInstanceOf(Rejected.class);
    }
}
