package dev.rehome.consumer.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.catalog.MigratedRecord.Reference;
import dev.rehome.common.store.StoreFault;
import dev.rehome.consumer.verification.Finding.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerificationTest extends VerificationFixture {
    @Test
    void everyWindowIsReadAndEachReferenceCounted() {
        migrate(10);
        records.add(Reference.CHANGED, null);
        records.add(Reference.DELETED, null);

        VerificationReport report = verify();

        assertThat(report.intact()).isEqualTo(10);
        assertThat(report.changed()).isOne();
        assertThat(report.deleted()).isOne();
        assertThat(report.exitCode()).isZero();
        assertThat(text(report)).contains("Verified 10 references (all)").endsWith("Everything holds.");
    }

    @Test
    void nothingMigratedIsAResultOfItsOwn() {
        VerificationReport report = verify();

        assertThat(report.exitCode()).isEqualTo(4);
        assertThat(text(report)).endsWith("Nothing was verified: no row has been migrated.");
    }

    @Test
    void nothingButChangedRowsIsAResultOfItsOwn() {
        put("target", "chosen/0");
        records.add(Reference.CHANGED, "chosen/0");
        records.add(Reference.DELETED, null);

        VerificationReport report = verify();

        assertThat(report.exitCode()).isEqualTo(4);
        assertThat(text(report)).endsWith("Nothing was verified: no row holds its new key any more.");
    }

    @Test
    void sampleWithoutAReferenceIsAResultOfItsOwn() {
        migrate(10);

        VerificationReport report =
                verification(Scope.of(false, "0.001%", 1), false).run();

        assertThat(report.exitCode()).isEqualTo(4);
        assertThat(text(report)).contains("sample contains no reference");
    }

    @Test
    void valueWithoutAnObjectIsAlteredAndValueWithAnObjectIsAChangeOfTheApplication() {
        migrate(1);
        put("target", "uploads/1.png");
        put("source", "legacy/2.png");
        records.add(Reference.CHANGED, "uploads/1.png");
        records.add(Reference.CHANGED, "legacy/2.png");
        records.add(Reference.CHANGED, "NEW/3");

        VerificationReport report = verify();

        assertThat(report.changed()).isEqualTo(2);
        assertThat(report.counts()).isEqualTo(Map.of(Kind.ALTERED, 1L));
        assertThat(report.exitCode()).isEqualTo(3);
        assertThat(text(report))
                .contains("row 3: new/3", "the row holds 'NEW/3'")
                .endsWith("Not everything holds.");
    }

    @Test
    void rowThatHoldsItsOldKeyAgainIsAFinding() {
        migrate(1);
        records.add(Reference.REVERTED, null);

        assertThat(verify().counts()).isEqualTo(Map.of(Kind.REVERTED, 1L));
    }

    @Test
    void missingObjectIsFound() {
        migrate(7);
        store.remove(target(4));

        VerificationReport report = verify();

        assertThat(report.counts()).isEqualTo(Map.of(Kind.MISSING, 1L));
        assertThat(report.first(Kind.MISSING))
                .extracting(finding -> finding.record().newLocation())
                .containsExactly("new/4");
    }

    @Test
    void rowThatTheApplicationChangedDuringTheInspectionIsNotAFinding() {
        migrate(3);
        store.remove(target(1));
        records.changeAfterRead(1, "uploads/1.png");

        VerificationReport report = verify();

        assertThat(report.findings()).isZero();
        assertThat(report.changed()).isOne();
    }

    @Test
    void deletedSourcesAreNotInspectedWithTargetsOnly() {
        migrate(5);
        IntStream.range(0, 5).forEach(number -> store.remove(source(number)));
        store.setFault(StoreFault.refusing(location -> location.container().equals("source")));

        VerificationReport report =
                verification(Scope.of(true, "100%", 0), false).run();

        assertThat(report.intact()).isEqualTo(5);
        assertThat(report.text(Scope.of(true, "100%", 0).toString(), Duration.ZERO))
                .contains("(all; targets only)");
    }

    @Test
    void sampleVerifiesAPartAndReadsEverything() {
        migrate(500);

        VerificationReport report =
                verification(Scope.of(false, "10%", 7), false).run();

        assertThat(report.verified()).isBetween(20L, 100L);
        assertThat(report.read()).isEqualTo(500);
    }
}
