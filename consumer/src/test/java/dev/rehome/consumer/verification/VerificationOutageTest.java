package dev.rehome.consumer.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.TestClock;
import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.MappingRowId;
import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.catalog.MigratedRecords;
import dev.rehome.common.store.InMemoryStore;
import dev.rehome.common.store.StoreFault;
import dev.rehome.consumer.verification.Finding.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Stores and databases that are unavailable or deny access, to one object or to all. */
class VerificationOutageTest extends VerificationFixture {
    @Test
    void objectThatIsUnavailableForGoodIsAFindingAndTheOthersAreVerified() {
        migrate(7);
        store.setFault(StoreFault.unavailable(location -> location.equals(target(4))));

        VerificationReport report = verify();

        assertThat(report.counts()).isEqualTo(Map.of(Kind.UNAVAILABLE, 1L));
        assertThat(report.intact()).isEqualTo(6);
        assertThat(clock.now()).isBetween(Duration.ofSeconds(2), Duration.ofMinutes(2));
    }

    @Test
    void manyUnavailableObjectsAreTriedOnceEach() {
        records = new ListedRecords(500);
        migrate(1_000);
        store.setFault(StoreFault.unavailable(location -> location.objectKey().startsWith("new/")));

        VerificationReport report = verify();

        assertThat(report.counts()).isEqualTo(Map.of(Kind.UNAVAILABLE, 1_000L));
        assertThat(clock.now()).isLessThan(Duration.ofMinutes(20));
    }

    @Test
    void storeThatNeverRespondsEndsTheVerificationAfterTwoMinutes() {
        migrate(3);
        store.setFault(StoreFault.unavailable(any -> true));

        assertThatThrownBy(this::verify)
                .isInstanceOf(BucketInspector.Failed.class)
                .hasMessageContaining("has not responded for 2 minutes");
    }

    @Test
    void outageThatEndsIsWaitedOut() {
        migrate(3);
        store.setFault(StoreFault.unavailable(location -> clock.now().compareTo(Duration.ofSeconds(60)) < 0));

        assertThat(verify().intact()).isEqualTo(3);
    }

    @Test
    void deniedBucketEndsTheVerificationWithAHint() {
        records = new ListedRecords(4_000);
        migrate(12_000);
        store.setFault(StoreFault.refusing(location -> location.container().equals("target")));

        assertThatThrownBy(this::verify)
                .isInstanceOf(BucketInspector.Failed.class)
                .hasMessageContaining("memory://target/ refuses every request")
                .hasMessageContaining("no right");
    }

    /** The folder fills more than the first windows, or all after the first. */
    @Test
    void deniedFolderIsReportedWhateverTheOrderOfItsObjects() {
        records = new ListedRecords(10);
        migrate(120);
        for (boolean isFirst : new boolean[] {true, false}) {
            store.setFault(StoreFault.refusing(location -> location.container().equals("target")
                    && (Integer.parseInt(location.objectKey().substring(4)) < 30) == isFirst));

            VerificationReport report = verify();

            assertThat(report.counts()).isEqualTo(Map.of(Kind.UNREADABLE, isFirst ? 30L : 90L));
            assertThat(report.intact()).isEqualTo(isFirst ? 90 : 30);
        }
    }

    @Test
    void permissionThatIsRevokedEndsTheVerification() {
        migrate(6);
        AtomicInteger requests = new AtomicInteger();
        store.setFault(StoreFault.refusing(location -> requests.incrementAndGet() > 6));

        assertThatThrownBy(this::verify)
                .isInstanceOf(BucketInspector.Failed.class)
                .hasMessageContaining("refuses every request");
    }

    @Test
    void missingBucketEndsTheVerificationAtOnce() {
        migrate(1);
        InMemoryStore other = new InMemoryStore("source");
        BucketInspector inspector =
                new BucketInspector(other.inspector().orElseThrow(), key -> other.locate("target", key), retries());

        assertThatThrownBy(() -> inspector.inspect("new/0"))
                .isInstanceOf(BucketInspector.Failed.class)
                .hasMessageContaining("no such container");
    }

    @Test
    void databaseOutageThatEndsIsWaitedOut() {
        UnavailableRecords away = new UnavailableRecords(records, clock, Duration.ofSeconds(90));
        migrate(2);

        assertThat(new Verification.Database(away, retries()).<Long>call(MigratedRecords::count))
                .isEqualTo(2);
    }

    /** Unavailable for some time. */
    private record UnavailableRecords(MigratedRecords records, TestClock clock, Duration until)
            implements MigratedRecords {
        private MigratedRecords available() {
            if (clock.now().compareTo(until) < 0) {
                throw new Unavailable("the database is down");
            }
            return records;
        }

        @Override
        public long count() {
            return available().count();
        }

        @Override
        public Page page(Optional<MappingRowId> after) {
            return available().page(after);
        }

        @Override
        public MigratedRecord reread(MigratedRecord record) {
            return available().reread(record);
        }

        @Override
        public void updateProof(MappingRowId id, String proof) {
            available().updateProof(id, proof);
        }
    }
}
