package dev.rehome.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Rejected;
import dev.rehome.common.TestClock;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.MemoryDatabase;
import dev.rehome.common.catalog.OutcomeLedger;
import dev.rehome.common.queue.BatchClaimer;
import dev.rehome.common.queue.BatchPublisher;
import dev.rehome.common.queue.Claim;
import dev.rehome.common.queue.MemoryBatchQueue;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.CopyResult;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.Refusal;
import dev.rehome.consumer.BatchProcessing.End;
import dev.rehome.consumer.store.AdaptiveConcurrencyLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchProcessingTest {
    private static final TargetKeyRule KEYS = new TargetKeyRule("old", "new", KeyLayout.PREFIX);
    private static final CopyResult COPIED =
            new CopyResult.Copied(new Location("s3", "b", "new"), ContentProof.etag("tag"), OptionalLong.empty());
    private static final CopyResult DENIED = new Refusal(FailureCode.ACCESS_DENIED, "no", Refusal.Scope.UNCERTAIN);
    private static final CopyResult MISSING = Refusal.ofObject(FailureCode.NOT_FOUND, "not there");
    private static final int ATTEMPTS = 2;

    private final TestClock time = new TestClock();
    private final MemoryBatchQueue queue = new MemoryBatchQueue(time, Duration.ofSeconds(60), ATTEMPTS, 10);
    private final MemoryCatalog catalog = new MemoryDatabase(KEYS, 100, time).open();
    private final OutcomeLedger mappings = catalog.outcomes();
    private final BatchPublisher publisher = queue.publisher("producer");
    private final BatchClaimer claimer = queue.claimer("me");
    private final ActiveLeases leases = new ActiveLeases();
    private final AccessCircuitBreaker circuit = new AccessCircuitBreaker(time);
    private final List<String> asked = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();
    private Function<String, CopyResult> store = key -> COPIED;
    private final BatchProcessing processing = new BatchProcessing(
            claimer,
            mappings,
            new RecordCopy(
                    new MigrationSettings("a", "b", KEYS, "test"),
                    (source, target) -> {
                        targets.add(target.objectKey());
                        return answer(source);
                    },
                    new AdaptiveConcurrencyLimit(time, 16),
                    circuit,
                    null,
                    new SplittableRandom(1)),
            circuit,
            new ConsumerProgress());

    @Test
    void everyRecordIsRecordedBeforeTheBatchIsComplete() {
        Batch batch = publish("old/1", "old/2", "old/3");

        assertThat(process()).isEqualTo(End.COMPLETED);

        assertThat(mappings.recorded(batch.id())).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(publisher.depth().copied()).isEqualTo(1);
    }

    @Test
    void whatIsRecordedIsNotCopiedAgain() {
        Batch batch = publish("old/1", "old/2");
        mappings.record(batch, List.of(new CopiedRecord(0, "new/1", "tag", OptionalLong.empty())));

        process();

        assertThat(asked).containsExactly("old/2");
    }

    @Test
    void aTargetOfItsOwnComesBeforeThePrefixes() {
        publish(List.of(
                new SourceRecord(RowKey.of("1"), "old/1"),
                new SourceRecord(RowKey.of("2"), "old/2", Optional.of("own/2")),
                new SourceRecord(RowKey.of("3"), "elsewhere/3", Optional.of("own/3"))));

        assertThat(process()).isEqualTo(End.COMPLETED);

        assertThat(targets).containsExactly("new/1", "own/2", "own/3");
    }

    @Test
    void recordsThatNameTheSameObjectShareOneCopy() {
        Batch batch = publish("old/1", "old/1", "old/2", "old/1");

        process();

        assertThat(asked).containsExactlyInAnyOrder("old/1", "old/2");
        assertThat(mappings.recorded(batch.id())).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void oneRefusedObjectIsAFailedRecordAndTheOthersAreCopied() {
        Batch batch = publish("old/1", "old/2");
        store = key -> key.equals("old/1") ? DENIED : COPIED;

        assertThat(process()).isEqualTo(End.COMPLETED);
        assertThat(mappings.recorded(batch.id())).hasSize(2);
    }

    @Test
    void accessDeniedWholesaleReportsNothingFailedAndGivesTheBatchBackUncounted() {
        Batch batch = publishMany();
        store = key -> DENIED;

        for (int attempt = 0; attempt < 3 * ATTEMPTS; attempt++) {
            assertThat(process()).isEqualTo(End.RELEASED);
            time.advance(AccessCircuitBreaker.PAUSE);
            assertThat(circuit.holdsClaims()).isFalse();
        }
        assertThat(mappings.recorded(batch.id())).isEmpty();
        assertThat(publisher.depth().pending()).isEqualTo(1);

        store = key -> COPIED;
        assertThat(process()).isEqualTo(End.COMPLETED);
        assertThat(mappings.recorded(batch.id())).hasSize(100);
    }

    @Test
    void refusalsThatNoObjectIsToBlameForAreWholesaleWhateverTheirCode() {
        Batch batch = publishMany();
        store = key -> new Refusal(FailureCode.REJECTED, "no such bucket", Refusal.Scope.EVERY_OBJECT);

        assertThat(process()).isEqualTo(End.RELEASED);

        assertThat(circuit.isOpen()).isTrue();
        assertThat(mappings.recorded(batch.id())).isEmpty();
    }

    @Test
    void missingObjectsBetweenDoNotHideRefusalsThatAreWholesale() {
        Batch batch = publishMany();
        store = key -> key.endsWith("3") ? MISSING : DENIED;

        assertThat(process()).isEqualTo(End.RELEASED);

        assertThat(circuit.isOpen()).isTrue();
        assertThat(mappings.recorded(batch.id())).isNotEmpty().allMatch(number -> number % 10 == 3);
    }

    @Test
    void missingObjectsAloneNeverHoldTheRun() {
        Batch batch = publishMany();
        store = key -> DENIED;
        process();
        store = key -> MISSING;
        time.advance(AccessCircuitBreaker.PAUSE);
        assertThat(circuit.holdsClaims()).isFalse();

        assertThat(process()).isEqualTo(End.COMPLETED);

        assertThat(mappings.recorded(batch.id())).hasSize(100);
        assertThat(circuit.holdsClaims()).isFalse();
    }

    @Test
    void workThatIsGivenUpStartsNoCopyAndIsGivenBack() {
        publish("old/1", "old/2");
        Claim claim = claimer.claim(TestBatches.RUN).orElseThrow();
        ActiveLeases.Held held = leases.add(claim.lease());
        held.giveUp();

        assertThat(processing.process(claim, held)).isEqualTo(End.RELEASED);

        assertThat(asked).isEmpty();
        assertThat(publisher.depth().pending()).isEqualTo(1);
    }

    @Test
    void lostLeaseIsNoticedAtTheEnd() {
        publish("old/1");
        Claim claim = claimer.claim(TestBatches.RUN).orElseThrow();
        queue.wipe();

        assertThat(processing.process(claim, leases.add(claim.lease()))).isEqualTo(End.LOST);
    }

    @Test
    void consumerWithOtherSettingsGivesItsBatchBackUncounted() {
        publish("old/1");
        OutcomeLedger refusing = new OutcomeLedger() {
            @Override
            public Set<Integer> recorded(BatchId batch) {
                throw new Rejected("made for other settings");
            }

            @Override
            public void record(Batch batch, List<RecordOutcome> outcomes) {
                throw new AssertionError("nothing is recorded");
            }
        };
        BatchProcessing stranger = new BatchProcessing(claimer, refusing, null, circuit, new ConsumerProgress());

        for (int attempt = 0; attempt <= ATTEMPTS; attempt++) {
            Claim claim = claimer.claim(TestBatches.RUN).orElseThrow();
            assertThatThrownBy(() -> stranger.process(claim, leases.add(claim.lease())))
                    .isInstanceOf(Rejected.class);
        }

        assertThat(publisher.depth().pending()).isEqualTo(1);
    }

    @Test
    void copyThatBreaksEachTimeCountsUntilTheBatchIsSetAside() {
        publish("old/1");
        store = key -> {
            throw new IllegalStateException("a bug");
        };

        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            assertThat(process()).isEqualTo(End.RELEASED);
        }

        assertThat(publisher.depth().dead()).isEqualTo(1);
    }

    /** As a store would: whatever goes wrong is in the answer. */
    private CompletableFuture<CopyResult> answer(Location source) {
        asked.add(source.objectKey());
        try {
            return CompletableFuture.completedFuture(store.apply(source.objectKey()));
        } catch (IllegalStateException bug) {
            return CompletableFuture.failedFuture(bug);
        }
    }

    private End process() {
        Claim claim = claimer.claim(TestBatches.RUN).orElseThrow();
        return processing.process(claim, leases.add(claim.lease()));
    }

    private Batch publishMany() {
        return publish(IntStream.range(0, 100).mapToObj(i -> "old/" + i).toArray(String[]::new));
    }

    private Batch publish(String... locations) {
        return publish(IntStream.range(0, locations.length)
                .mapToObj(i -> new SourceRecord(RowKey.of(Integer.toString(i)), locations[i]))
                .toList());
    }

    private Batch publish(List<SourceRecord> records) {
        Batch batch = new Batch(new BatchId(new UUID(0, records.size())), TestBatches.RUN, records);
        publisher.lead(TestBatches.RUN);
        publisher.beginPass(1);
        publisher.publish(batch, batch.lastKey(), 1);
        return batch;
    }
}
