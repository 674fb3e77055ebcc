package dev.rehome.consumer.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.store.Location;
import dev.rehome.common.store.StoreFault;
import dev.rehome.common.store.StoredObject;
import dev.rehome.consumer.verification.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepairTest extends VerificationFixture {
    @Test
    void missingObjectIsCopiedAgainAndItsETagRecorded() {
        migrate(3);
        records.add("lost");
        put("source", "old/3");

        VerificationReport repaired = repair();

        assertThat(repaired.repaired()).isOne();
        assertThat(repaired.exitCode()).isZero();
        assertThat(store.get(target(3)).text()).isEqualTo("object old/3");
        assertThat(records.etag(3)).isNotEqualTo("lost");
        assertThat(verify().intact()).isEqualTo(4);
    }

    /** The second and third row are in the window of the first, and in a later one. */
    @Test
    void rowsThatShareAMissingObjectAreRepairedWithOneCopy() {
        put("source", "old/0");
        records.add("lost");
        records.addSharing(0, "lost");
        migrate(2);
        records.addSharing(0, "lost");
        List<Location> copied = new ArrayList<>();

        VerificationReport report = verification(scope(), true, copied).run();

        assertThat(report.repaired() + report.intact()).isEqualTo(5);
        assertThat(report.findings()).isZero();
        assertThat(copied).hasSize(1);
    }

    @Test
    void objectThatIsMissingAtBothEndsStaysAFinding() {
        migrate(3);
        store.remove(target(1));
        store.remove(source(1));

        assertThat(repair().first(Kind.MISSING))
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .startsWith("NOT_FOUND");
    }

    @Test
    void otherObjectAtTheTargetIsNeverReplaced() {
        migrate(3);
        store.put(target(1), StoredObject.of("the application's"));

        assertThat(repair().counts()).isEqualTo(Map.of(Kind.TARGET_CHANGED, 1L));
        assertThat(store.get(target(1)).text()).isEqualTo("the application's");
    }

    @Test
    void repairGivesUpOnAnObjectThatCannotBeCopied() {
        migrate(3);
        store.remove(target(1));
        store.setFault(StoreFault.unavailable(location -> location.equals(source(1))));

        VerificationReport report =
                verification(Scope.of(true, "100%", 0), true).run();

        assertThat(report.first(Kind.MISSING))
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .contains("every try to copy it failed");
        assertThat(report.intact()).isEqualTo(2);
    }
}
