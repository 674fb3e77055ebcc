package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.ObjectInspector;
import dev.rehome.common.store.Refusal;
import dev.rehome.common.store.StoreResult;
import dev.rehome.common.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BucketCheckTest {
    private static final List<Location> FOLDERS =
            List.of(new Location("s3", "old", "image/"), new Location("s3", "new", ""));
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void usableBucketsYieldNoFinding() {
        List<String> probed = Collections.synchronizedList(new ArrayList<>());
        assertThat(findings(location -> {
                    probed.add(location.toString());
                    return StoreResult.of(Optional.empty());
                }))
                .isEmpty();
        assertThat(probed).containsExactlyInAnyOrder("s3://old/image/rehome-probe", "s3://new/rehome-probe");
    }

    @Test
    void missingBucketIsRefusedWithTheStoresMessage() {
        Refusal refusal = new Refusal(FailureCode.REJECTED, "NoSuchBucket: no such bucket", Refusal.Scope.EVERY_OBJECT);

        assertThat(findings(refusing("old", refusal))).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.REFUSED);
            assertThat(finding.text()).contains("Bucket old", "NoSuchBucket");
        });
    }

    /** On ECS the producer's role has no rights on the buckets. */
    @Test
    void deniedAccessIsReportedAndPreventsNothing() {
        Refusal refusal = new Refusal(FailureCode.ACCESS_DENIED, "AccessDenied", Refusal.Scope.UNCERTAIN);

        assertThat(findings(refusing("new", refusal))).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.text()).contains("Bucket new denies access", "consumers", "AccessDenied");
        });
    }

    @Test
    void refusalOfTheProbedObjectAloneSaysNothingAboutTheBucket() {
        assertThat(findings(refusing("old", Refusal.ofObject(FailureCode.ARCHIVED, "archived"))))
                .isEmpty();
    }

    @Test
    void unreachableStoreIsAWarningWithAdvice() {
        assertThat(findings(location -> {
                    throw new StoreUnavailable("unknown host", false, null);
                }))
                .hasSize(2)
                .allSatisfy(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.text()).contains("unknown host", "check the credentials, AWS_REGION");
                });
    }

    @Test
    void storeThatNeverRespondsDelaysTheStartForTheLimitOnly() {
        CountDownLatch never = new CountDownLatch(1);
        ObjectInspector silent = location -> {
            try {
                never.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            return StoreResult.of(Optional.empty());
        };
        try {
            assertThat(new BucketCheck(silent, Duration.ofMillis(10)).of(FOLDERS))
                    .extracting(PreflightFinding::severity)
                    .containsExactly(Severity.WARNING, Severity.WARNING);
        } finally {
            never.countDown();
        }
    }

    private static ObjectInspector refusing(String bucket, Refusal refusal) {
        return location ->
                location.container().equals(bucket) ? StoreResult.refused(refusal) : StoreResult.of(Optional.empty());
    }

    private static List<PreflightFinding> findings(ObjectInspector inspector) {
        return new BucketCheck(inspector, LIMIT).of(FOLDERS);
    }
}
