package dev.rehome.common.queue;

import static dev.rehome.common.batch.TestBatches.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.queue.BatchReaper.Recovered;
import dev.rehome.common.queue.QueueUnderTest.Place;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of a queue with recovery. */
interface ReaperContract extends QueueScenario {
    @Test
    default void leaseThatHasNotExpiredIsLeftAlone() {
        published(1, 2);
        claimed("c");
        assertThat(queue().reaper().recover()).isEqualTo(new Recovered(0, 0));
        assertThat(queue().contents()).isEqualTo("pending 2, leased 1");
    }

    @Test
    default void expiredLeaseReturnsToTheFarEndOfPending() {
        published(1, 2);
        claimed("c");
        queue().expireLeases();
        assertThat(queue().reaper().recover()).isEqualTo(new Recovered(1, 0));
        assertThat(queue().contents()).isEqualTo("pending 2 1");
        claimed("c");
        assertThat(queue().claimer("d").claim(RUN)).contains(new Claim(new Lease(id(1), "d", 2), batch(1), 2));
    }

    @Test
    default void leaseFromBeforeTheClockWasSetBackEndsOneLeaseFromNow() {
        published(1, 2);
        Lease holder = claimed("c");
        queue().setClockBack(Duration.ofHours(1));
        assertThat(queue().leaseLeft(id(1))).isGreaterThan(Duration.ofMinutes(59));

        assertThat(queue().reaper().recover()).isEqualTo(new Recovered(0, 0));
        assertThat(queue().contents()).isEqualTo("pending 2, leased 1");
        assertThat(queue().leaseLeft(id(1))).isBetween(QueueUnderTest.LEASE.minusSeconds(10), QueueUnderTest.LEASE);
        assertThat(queue().claimer("c").heartbeat(holder))
                .as("its holder keeps it")
                .isTrue();
    }

    @Test
    default void leaseGivenUnderALongerLeaseTimeKeepsItsLength() {
        published();
        queue().publisher("long", Duration.ofMinutes(10)).lead(RUN);
        queue().publisher("long", Duration.ofMinutes(10)).publish(batch(1), RowKey.of("1"), 1);
        claimed("c");
        publisher().lead(RUN);
        queue().reaper().recover();
        assertThat(queue().leaseLeft(id(1))).isGreaterThan(Duration.ofSeconds(590));
    }

    @Test
    default void leaseThatIsNotTooLongIsNotExtended() {
        published(1);
        claimed("c");
        Duration before = queue().leaseLeft(id(1));
        queue().setClockBack(Duration.ofSeconds(-20));
        queue().reaper().recover();
        assertThat(queue().leaseLeft(id(1))).isLessThanOrEqualTo(before.minusSeconds(20));
    }

    @Test
    default void lastAttemptMakesADeadLetter() {
        dead();
        publish(2);
        assertThat(queue().contents()).isEqualTo("pending 2, dead 1");
        assertThat(queue().reaper().payload(id(1))).contains(batch(1));
        assertThat(queue().reaper().recover()).isEqualTo(new Recovered(0, 0));
    }

    @Test
    default void deadLettersAreListedOldestFirst() {
        published(1, 2, 3);
        Stream.of(1, 2, 3).forEach(each -> queue().forget(id(each)));
        Stream.of(1, 2, 3).forEach(each -> queue().claimer("c").claim(RUN));
        assertThat(queue().contents()).isEqualTo("dead 1 2 3");
        assertThat(queue().reaper().dead(2)).containsExactly(id(1), id(2));
        assertThat(queue().reaper().payload(id(1))).isEmpty();
    }

    @Test
    default void expiredLeaseWithoutABatchIsDropped() {
        published(1);
        claimed("c");
        queue().forget(id(1));
        queue().expireLeases();
        assertThat(queue().reaper().recover()).isEqualTo(new Recovered(0, 0));
        assertThat(queue().contents()).isEqualTo("open 1");
    }

    @Test
    default void splitReplacesADeadLetterByItsParts() {
        dead();
        publish(2);
        assertThat(queue().reaper().split(id(1), List.of(batch(5), batch(6)))).isTrue();
        assertThat(queue().contents()).isEqualTo("pending 2 5 6");
        assertThat(queue().reaper().payload(id(1))).isEmpty();
        claimed("c");
        assertThat(queue().claimer("c").claim(RUN)).contains(new Claim(new Lease(id(5), "c", 1), batch(5), 1));

        assertThat(queue().reaper().split(id(1), List.of(batch(7), batch(8))))
                .as("repeated")
                .isFalse();
        assertThat(queue().contents()).isEqualTo("pending 6, leased 2 5");
    }

    @Test
    default void onlyDeadLettersAreSplit() {
        published(1);
        assertThat(queue().reaper().split(id(1), List.of(batch(5)))).isFalse();
        assertThat(queue().contents()).isEqualTo("pending 1");
    }

    @Test
    default void splittingMayExceedTheLimitOfOpenBatches() {
        dead();
        Stream.of(2, 3, 4).forEach(this::publish);
        assertThat(queue().reaper().split(id(1), List.of(batch(5), batch(6)))).isTrue();
        assertThat(queue().contents()).isEqualTo("pending 2 3 4 5 6");
        assertThat(publish(7)).isEqualTo(PublishResult.FULL);
    }

    @Test
    default void consistentQueueNeedsNoRepair() {
        everywhere();
        assertThat(queue().reaper().reconcile()).isZero();
        assertThat(queue().contents()).isEqualTo("pending 4, leased 3, copied 2, dead 1");
    }

    /** Batch 1 is dead, 2 copied, 3 in flight and 4 pending. */
    private void everywhere() {
        dead();
        Stream.of(2, 3, 4).forEach(this::publish);
        queue().claimer("c").complete(claimed("c"));
        claimed("c");
    }

    private static int batchIn(Place place) {
        return switch (place) {
            case DEAD -> 1;
            case COPIED -> 2;
            case LEASED -> 3;
            default -> 4;
        };
    }

    @ParameterizedTest
    @EnumSource(names = "OPEN", mode = EnumSource.Mode.EXCLUDE)
    default void openIdInNoContainerReturnsToPending(Place place) {
        everywhere();
        int lost = batchIn(place);
        queue().take(id(lost), place);
        assertThat(queue().reaper().reconcile()).isEqualTo(1);
        assertThat(queue().contents())
                .isEqualTo(
                        switch (place) {
                            case PENDING -> "pending 4, leased 3, copied 2, dead 1";
                            case LEASED -> "pending 4 3, copied 2, dead 1";
                            case COPIED -> "pending 4 2, leased 3, dead 1";
                            default -> "pending 4 1, leased 3, copied 2";
                        });
        assertThat(queue().reaper().reconcile()).as("repeated").isZero();
    }

    @ParameterizedTest
    @EnumSource(names = "OPEN", mode = EnumSource.Mode.EXCLUDE)
    default void openIdInNoContainerWithoutABatchIsDropped(Place place) {
        everywhere();
        int lost = batchIn(place);
        queue().take(id(lost), place);
        queue().forget(id(lost));
        assertThat(queue().reaper().reconcile()).isEqualTo(1);
        assertThat(queue().contents()).doesNotContain(Integer.toString(lost));
        assertThat(publisher().depth().open()).isEqualTo(3);
        assertThat(queue().reaper().reconcile()).as("repeated").isZero();
    }

    @ParameterizedTest
    @EnumSource(names = "OPEN", mode = EnumSource.Mode.EXCLUDE)
    default void batchThatIsNotOpenIsOpenedAgain(Place place) {
        everywhere();
        queue().take(id(batchIn(place)), Place.OPEN);
        assertThat(queue().reaper().reconcile()).isEqualTo(1);
        assertThat(queue().contents()).isEqualTo("pending 4, leased 3, copied 2, dead 1");
    }

    @ParameterizedTest
    @EnumSource(names = "OPEN", mode = EnumSource.Mode.EXCLUDE)
    default void idThatIsNeitherOpenNorABatchIsDropped(Place place) {
        published(2);
        queue().put(id(1), place);
        assertThat(queue().reaper().reconcile()).isEqualTo(1);
        assertThat(queue().contents()).isEqualTo("pending 2");
    }

    @Test
    default void batchThatLosesItsDataInFlightIsDropped() {
        published(1);
        claimed("c");
        queue().forget(id(1));
        queue().expireLeases();
        queue().reaper().recover();
        assertThat(queue().reaper().reconcile()).isEqualTo(1);
        assertThat(queue().contents()).isEmpty();
    }

    @Test
    default void reconciledBatchIsClaimedWithAHigherEpoch() {
        published(1);
        Lease former = claimed("c");
        queue().take(id(1), Place.LEASED);
        queue().reaper().reconcile();
        assertThat(queue().claimer("c").complete(former)).isEqualTo(CompleteResult.LOST);
        assertThat(claimed("c")).isEqualTo(new Lease(TestBatches.id(1), "c", 2));
    }
}
