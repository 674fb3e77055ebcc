package dev.rehome.producer.progress;

import dev.rehome.common.process.Plural;
import dev.rehome.common.queue.ConsumerReport;
import dev.rehome.common.queue.ConsumerReport.Activity;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.producer.progress.RunSnapshot.Kind;
import dev.rehome.producer.progress.RunSnapshot.Reason;
import dev.rehome.producer.throttle.RunWindows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every active reason why a run isn't faster. */
public final class Reasons {
    /** With this many copied batches, the bulk updates are the slowest part, not the copies. */
    private static final int MANY_COPIED = 20;

    private Reasons() {}

    /**
     * Finds them.
     *
     * @param holds why the run waits, each in words
     * @param batches the batches in the queue
     * @param consumers the consumers' reports
     * @param scanning whether the producer is still looking for records
     */
    public static List<Reason> of(
            List<String> holds, QueueDepth batches, Map<String, ConsumerReport> consumers, boolean scanning) {
        List<Reason> reasons = new ArrayList<>();
        holds.forEach(hold -> reasons.add(new Reason(Kind.HOLD, hold)));
        troubles(reasons, batches, consumers);
        if (reasons.isEmpty()) {
            limits(reasons, batches, consumers.values(), scanning);
        }
        return reasons;
    }

    private static void troubles(List<Reason> reasons, QueueDepth batches, Map<String, ConsumerReport> consumers) {
        // Outside the run windows nobody claims, and the consumers may be scaled to zero.
        boolean closed = reasons.stream().anyMatch(reason -> reason.text().startsWith(RunWindows.CLOSED));
        if (consumers.isEmpty() && !closed && batches.pending() + batches.leased() > 0) {
            reasons.add(new Reason(
                    Kind.TROUBLE,
                    "no consumer has reported in the last minute: start one, or find out why none is running"));
        }
        List<ConsumerReport> stuck = with(consumers.values(), Activity.STUCK);
        if (!stuck.isEmpty()) {
            reasons.add(new Reason(
                    Kind.TROUBLE,
                    stuck.size() + " of " + Plural.of(consumers.size(), "consumer")
                            + (stuck.size() == 1 ? " is stuck: " : " are stuck: ")
                            + stuck.get(0).reason()));
        }
        if (batches.dead() > 0) {
            reasons.add(new Reason(
                    Kind.TROUBLE,
                    Plural.of(batches.dead(), "batch")
                            + " used up all attempts and will be split to find the record that fails"));
        }
    }

    private static void limits(
            List<Reason> reasons, QueueDepth batches, Collection<ConsumerReport> consumers, boolean scanning) {
        List<ConsumerReport> throttled = with(consumers, Activity.THROTTLED);
        if (!throttled.isEmpty()) {
            int now = throttled.stream().mapToInt(each -> each.load().limit()).sum();
            int most = throttled.stream().mapToInt(each -> each.load().most()).sum();
            reasons.add(new Reason(
                    Kind.LIMIT,
                    "the store asks " + throttled.size() + " of " + Plural.of(consumers.size(), "consumer")
                            + " for fewer requests: " + Plural.of(now, "copy") + " at a time instead of " + most));
        }
        Optional<String> slow = with(consumers, Activity.COPYING).stream()
                .map(ConsumerReport::reason)
                .filter(reason -> !reason.isEmpty())
                .findFirst();
        slow.ifPresent(reason -> reasons.add(new Reason(Kind.LIMIT, reason)));
        if (batches.copied() >= MANY_COPIED && batches.copied() >= batches.leased()) {
            reasons.add(new Reason(
                    Kind.LIMIT,
                    "the bulk updates are slower than the copies: " + batches.copied()
                            + " copied batches wait for the database"));
        } else if (reasons.isEmpty() && batches.pending() > 0 && !consumers.isEmpty()) {
            int copies =
                    consumers.stream().mapToInt(each -> each.load().inFlight()).sum();
            reasons.add(new Reason(
                    Kind.LIMIT,
                    "the copies are the slowest part: " + Plural.of(batches.pending(), "batch")
                            + (batches.pending() == 1 ? " waits" : " wait") + " for "
                            + (consumers.size() == 1 ? "the consumer" : "the " + consumers.size() + " consumers")
                            + ", with " + Plural.of(copies, "copy") + " in flight"));
        } else if (scanning
                && batches.pending() == 0
                && !consumers.isEmpty()
                && with(consumers, Activity.IDLE).size() == consumers.size()) {
            reasons.add(new Reason(Kind.LIMIT, "the consumers are idle: the scan of the table is the slowest part"));
        }
    }

    private static List<ConsumerReport> with(Collection<ConsumerReport> consumers, Activity activity) {
        return consumers.stream().filter(each -> each.activity() == activity).toList();
    }
}
