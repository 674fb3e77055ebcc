package dev.rehome.producer;

import dev.rehome.common.Unavailable;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.store.Location;
import dev.rehome.common.store.StoreProbe;
import java.util.ArrayList;
import java.util.List;

/** Whether the buckets exist and can be reached. Rights on single objects show only when they are copied. */
final class BucketCheck {
    private static final String PROBED = "rehome-probe";

    private BucketCheck() {}

    /** A finding for each bucket that can't be used. One that can't be reached from here is a warning: consumers may. */
    static List<PreflightFinding> of(StoreProbe probe, List<Location> buckets) {
        List<PreflightFinding> findings = new ArrayList<>();
        for (Location bucket : buckets) {
            try {
                probe.probe(bucket.withObjectKey(PROBED))
                        .map(refusal -> PreflightFinding.refused(
                                "Bucket " + bucket.container() + " can't be used: " + refusal.message()))
                        .ifPresent(findings::add);
            } catch (Unavailable unavailable) {
                findings.add(PreflightFinding.warning(
                        "Bucket " + bucket.container() + " can't be reached: " + unavailable.getMessage()
                                + ". Consumers retry: check credentials, AWS_REGION and the network."));
            }
        }
        return findings;
    }
}
