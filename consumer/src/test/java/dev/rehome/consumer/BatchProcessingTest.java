package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreUnavailable;
import dev.rehome.consumer.BatchProcessing.ClaimResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchProcessingTest {
    private final ConsumerInMemory consumer = new ConsumerInMemory();

    @Test
    void everyOutcomeIsRecordedBeforeTheBatchIsComplete() {
        consumer.publish("old/1", "old/2", "old/3");

        assertThat(consumer.process()).isEqualTo(ClaimResult.COMPLETED);

        assertThat(consumer.outcomes.copied()).containsExactlyInAnyOrder("old/1", "old/2", "old/3");
        assertThat(consumer.depth().copied()).isEqualTo(1);
    }

    @Test
    void recordsWithAnOutcomeAreNotCopiedAgain() {
        Batch batch = consumer.publish("old/1", "old/2");
        consumer.record(batch, List.of(new CopiedRecord(0, "new/1", "tag", OptionalLong.empty())));

        consumer.process();

        assertThat(consumer.requested()).containsExactly("old/2");
    }

    @Test
    void targetKeyOfTheRecordTakesPrecedenceOverThePrefixRule() {
        consumer.publish(List.of(
                new SourceRecord(RowKey.of("1"), "old/1"),
                new SourceRecord(RowKey.of("2"), "old/2", Optional.of("own/2")),
                new SourceRecord(RowKey.of("3"), "elsewhere/3", Optional.of("own/3"))));

        assertThat(consumer.process()).isEqualTo(ClaimResult.COMPLETED);

        assertThat(List.of("new/1", "own/2", "own/3")).allMatch(consumer::hasTarget);
    }

    @Test
    void recordsThatReferToTheSameObjectShareOneCopy() {
        consumer.publish("old/1", "old/1", "old/2", "old/1");

        consumer.process();

        assertThat(consumer.requested()).containsExactlyInAnyOrder("old/1", "old/2");
        assertThat(consumer.outcomes.count()).isEqualTo(4);
    }

    @Test
    void missingObjectIsAFailedRecordAndTheOthersAreCopied() {
        consumer.publish("old/1", "old/2");
        consumer.removeSource("old/1");

        assertThat(consumer.process()).isEqualTo(ClaimResult.COMPLETED);

        assertThat(consumer.outcomes.failed(FailureCode.NOT_FOUND)).containsExactly("old/1");
        assertThat(consumer.outcomes.copied()).containsExactly("old/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "last", "between", "alone in their batches, after a restart"})
    void deniedObjectsFailAndTheOthersAreCopiedWhateverTheOrderOfTheKeys(String order) {
        List<String> denied = keys("denied", 30);
        List<String> permitted = keys("permitted", 20);
        consumer.refuse(key -> key.startsWith("old/denied"), FailureCode.ACCESS_DENIED, Refusal.Scope.UNCERTAIN);
        switch (order) {
            case "first" -> consumer.publishInBatches(10, List.of(denied, permitted));
            case "last" -> consumer.publishInBatches(10, List.of(permitted, denied));
            case "between" ->
                consumer.publishInBatches(50, List.of(denied.subList(0, 15), permitted, denied.subList(15, 30)));
            default -> {
                consumer.publishInBatches(10, List.of(permitted, denied));
                consumer.process();
                consumer.process();
                consumer.migrateCopied();
                consumer.restart();
            }
        }

        consumer.processAll(Duration.ofMinutes(10));

        assertThat(consumer.outcomes.failed(FailureCode.ACCESS_DENIED)).containsExactlyInAnyOrderElementsOf(denied);
        assertThat(consumer.outcomes.copied()).containsExactlyInAnyOrderElementsOf(permitted);
        assertThat(consumer.depth().copied()).isEqualTo(consumer.published());
    }

    @Test
    void deniedStoreFailsNoRecordAndReleasesTheBatchWithoutCountingTheAttempt() {
        consumer.publish(keys("object", 100).toArray(String[]::new));
        consumer.refuse(key -> true, FailureCode.ACCESS_DENIED, Refusal.Scope.UNCERTAIN);

        for (int attempt = 0; attempt < 3 * ConsumerInMemory.ATTEMPTS; attempt++) {
            assertThat(consumer.process()).isEqualTo(ClaimResult.RELEASED);
        }
        assertThat(consumer.outcomes.count()).isZero();
        assertThat(consumer.circuit.tryAllow()).isFalse();

        consumer.permitAll();
        assertThat(consumer.process()).isEqualTo(ClaimResult.COMPLETED);
        assertThat(consumer.outcomes.copied()).hasSize(100);
        assertThat(consumer.circuit.tryAllow()).isTrue();
    }

    @Test
    void rightThatIsRevokedAfterCopiesFailsNoRecord() {
        consumer.publish(keys("object", 100).toArray(String[]::new));
        consumer.refuse(key -> consumer.requested().size() > 50, FailureCode.ACCESS_DENIED, Refusal.Scope.UNCERTAIN);

        assertThat(consumer.process()).isEqualTo(ClaimResult.RELEASED);

        assertThat(consumer.outcomes.copied()).hasSize(50);
        assertThat(consumer.outcomes.count()).isEqualTo(50);
        assertThat(consumer.circuit.tryAllow()).isFalse();
    }

    @Test
    void missingObjectsAmongDeniedOnesAreRecorded() {
        consumer.publish(keys("object", 100).toArray(String[]::new));
        consumer.refuse(key -> !key.endsWith("3"), FailureCode.ACCESS_DENIED, Refusal.Scope.UNCERTAIN);
        keys("object", 100).stream().filter(key -> key.endsWith("3")).forEach(consumer::removeSource);

        assertThat(consumer.process()).isEqualTo(ClaimResult.RELEASED);

        assertThat(consumer.outcomes.failed(FailureCode.NOT_FOUND)).hasSize(10);
        assertThat(consumer.outcomes.count()).isEqualTo(10);
    }

    @Test
    void refusalOfEveryObjectStopsTheConsumerBeforeARecordFails() {
        consumer.publish(keys("object", 1_000).toArray(String[]::new));
        consumer.refuse(key -> true, FailureCode.REJECTED, Refusal.Scope.EVERY_OBJECT);

        assertThatThrownBy(consumer::process).isInstanceOf(Rejected.class).hasMessageContaining("refuses every object");

        assertThat(consumer.outcomes.count()).isZero();
        assertThat(consumer.depth().pending()).isEqualTo(1);
    }

    @Test
    void objectThatTheStoreNeverDeliversIsAFailedRecordAndItsBatchIsCompleted() {
        consumer.publish(keys("object", 100).toArray(String[]::new));
        consumer.failWhile(key -> key.equals("old/object 7"));

        assertThat(consumer.process()).isEqualTo(ClaimResult.COMPLETED);

        assertThat(consumer.outcomes.failed(FailureCode.STORE_ERROR)).containsExactly("old/object 7");
        assertThat(consumer.outcomes.message("old/object 7")).contains("InternalError");
        assertThat(consumer.outcomes.copied()).hasSize(99);
    }

    @Test
    void lastObjectThatTheStoreNeverDeliversFailsBecauseACopiedObjectShowsThatTheStoreWorks() {
        consumer.publish("old/1");
        consumer.process();
        consumer.publish("old/2");
        consumer.failWhile(key -> key.equals("old/2"));

        assertThat(consumer.process()).isEqualTo(ClaimResult.COMPLETED);

        assertThat(consumer.outcomes.failed(FailureCode.STORE_ERROR)).containsExactly("old/2");
    }

    @Test
    void noRecordFailsWhileTheStoreServesNothing() {
        consumer.publish(keys("object", 10).toArray(String[]::new));
        consumer.failWhile(key -> consumer.requested().size() < 2_000);

        assertThat(consumer.process()).isEqualTo(ClaimResult.COMPLETED);

        assertThat(consumer.outcomes.copied()).hasSize(10);
    }

    @Test
    void objectThatTheStoreAlwaysThrottlesIsAFailedRecord() {
        consumer.publish(keys("object", 10).toArray(String[]::new));
        consumer.failWhile(key -> key.endsWith("7"), new StoreUnavailable("503 SlowDown", true, null));

        assertThat(consumer.process()).isEqualTo(ClaimResult.COMPLETED);

        assertThat(consumer.outcomes.failed(FailureCode.STORE_ERROR)).containsExactly("old/object 7");
        assertThat(consumer.outcomes.copied()).hasSize(9);
    }

    @Test
    void slowDownFailsNoRecordAndCountsNoAttempt() {
        consumer.publish(keys("object", 10).toArray(String[]::new));
        consumer.failWhile(
                key -> key.endsWith("7") && consumer.requested().size() < 150,
                new StoreUnavailable("503 SlowDown", true, null));
        Claim claim = consumer.claim();

        assertThat(consumer.process(claim, consumer.lease(claim))).isEqualTo(ClaimResult.COMPLETED);

        assertThat(claim.attempt()).isEqualTo(1);
        assertThat(consumer.outcomes.copied()).hasSize(10);
    }

    private static List<String> keys(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> "old/" + name + " " + i).toList();
    }
}
