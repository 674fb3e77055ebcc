package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectInspector;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreProbe;
import dev.rehome.common.store.StoreResult;
import dev.rehome.common.store.StoreUnavailable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BucketCheckTest {
    private static final Location BUCKET = new Location("s3", "old", "");

    @Test
    void usableBucketYieldsNoFinding() {
        assertThat(findings(location -> StoreResult.of(Optional.empty()))).isEmpty();
    }

    @Test
    void missingBucketIsRefusedWithTheStoresWords() {
        Refusal refusal = new Refusal(FailureCode.REJECTED, "NoSuchBucket: no such bucket", Refusal.Scope.EVERY_OBJECT);

        assertThat(findings(location -> StoreResult.refused(refusal)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.REFUSED);
                    assertThat(finding.text()).contains("Bucket old", "NoSuchBucket");
                });
    }

    @Test
    void deniedObjectMayBeOneOfMany() {
        Refusal refusal = new Refusal(FailureCode.ACCESS_DENIED, "AccessDenied", Refusal.Scope.UNCERTAIN);

        assertThat(findings(location -> StoreResult.refused(refusal))).isEmpty();
    }

    @Test
    void unreachableStoreIsAWarning() {
        assertThat(findings(location -> {
                    throw new StoreUnavailable("unknown host", false, null);
                }))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.text()).contains("unknown host");
                });
    }

    private static List<PreflightFinding> findings(ObjectInspector inspector) {
        return BucketCheck.of(new StoreProbe(inspector), List.of(BUCKET));
    }
}
