package dev.rehome.producer.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Derives totals of all objects from a sample, or takes them from a full inventory. */
public final class ObjectEstimates {
    /** If there are fewer than n² / 6 different values, a sample of n contains an equal pair with a probability of 95 %. */
    private static final double NO_PAIR_SEEN = 6;

    private ObjectEstimates() {}

    /** The totals that the inventory counted. */
    public static PlanReport.ObjectTotals counted(FullInventory inventory, ObjectSample sample) {
        String basis = "every key, and a listing of the legacy bucket";
        return new PlanReport.ObjectTotals(
                Estimate.exact(inventory.distinct(), "every key"),
                Optional.of(Estimate.exact(inventory.bytes(), basis)),
                inventory.largest(),
                Optional.of(Estimate.exact(inventory.missing(), basis)),
                sample);
    }

    /** The estimated totals; {@code keys}: a sample of the records' keys, each as often as it was drawn. */
    public static PlanReport.ObjectTotals estimated(Estimate records, List<String> keys, ObjectSample sample) {
        Estimate distinct = distinct(records, keys);
        String basis = "a sample of " + sample.read() + " objects";
        List<Long> sizes = sample.sizes();
        double sum = sizes.stream().mapToDouble(Long::doubleValue).sum();
        double squares =
                sizes.stream().mapToDouble(size -> (double) size * size).sum();
        Optional<Estimate> bytes = sizes.isEmpty()
                ? Optional.empty()
                : Optional.of(Estimate.mean(sum, squares, sizes.size(), basis).times(distinct, basis));
        Optional<Estimate> missing = sample.read() == 0
                ? Optional.empty()
                : Optional.of(Estimate.share(sample.missing().size(), sample.read(), basis)
                        .times(distinct, basis));
        long largest = sizes.stream().mapToLong(Long::longValue).max().orElse(0);
        return new PlanReport.ObjectTotals(distinct, bytes, largest, missing, sample);
    }

    private static Estimate distinct(Estimate records, List<String> keys) {
        int pairs = keys.size() - new HashSet<>(keys).size();
        double size = keys.size();
        if (pairs == 0) {
            return new Estimate(
                    records.value(),
                    Math.min(records.value(), size * size / NO_PAIR_SEEN),
                    records.high(),
                    "one for each row: no two of " + keys.size() + " sampled rows share an object");
        }
        double likely = Math.min(records.value(), size * size / (2.0 * pairs));
        double spread = 1 / Math.sqrt((double) pairs);
        return new Estimate(
                likely,
                likely / (1 + 2 * spread),
                Math.max(likely, Math.min(records.high(), likely * (1 + 2 * spread))),
                pairs + " of " + keys.size() + " sampled rows share an object with another one");
    }
}
