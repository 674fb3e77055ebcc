package dev.rehome.producer.progress;

import dev.rehome.producer.progress.RunSnapshot.Counts;
import dev.rehome.producer.progress.RunSnapshot.Kind;
import dev.rehome.producer.progress.RunSnapshot.Pace;
import dev.rehome.producer.progress.RunSnapshot.Reason;
import dev.rehome.producer.throttle.RunWindows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a run ends, given its pace and the times in which it may work. */
final class Estimate {
    /** Longer estimates aren't shown. */
    static final Duration FAR = Duration.ofDays(365);

    private Estimate() {}

    /**
     * The pace, with an estimate of the end.
     *
     * @param windows when the run may work
     * @param reasons why the run isn't faster
     */
    static Pace of(Pacing pacing, Counts counts, List<Reason> reasons, RunWindows windows, Instant now) {
        Optional<Double> expected = pacing.expected();
        Optional<Duration> left = Optional.empty();
        Optional<Instant> end = Optional.empty();
        String note = "";
        if (counts.total().isEmpty()) {
            note = "not known yet: the rows are being counted";
        } else if (counts.applied().total() >= counts.total().getAsLong()) {
            note = "all counted records are applied; looking for records that appeared meanwhile";
        } else if (expected.isEmpty()) {
            note = "not known yet: too few batches are applied";
        } else {
            double seconds = (counts.total().getAsLong() - counts.applied().total()) / expected.get();
            if (seconds > FAR.toSeconds()) {
                note = expected.get() > 0.001 ? "more than a year at the current rate" : none(reasons);
            } else {
                left = Optional.of(Duration.ofMillis((long) (1_000 * seconds)));
                note = hold(reasons, windows, now);
                end = note.isEmpty() ? windows.endOf(left.get(), now, now.plus(FAR.multipliedBy(3))) : Optional.empty();
            }
        }
        return new Pace(pacing.lastMinute(), pacing.average(), pacing.worked(), left, end, note);
    }

    private static String none(List<Reason> reasons) {
        return "none at the current rate: "
                + reasons.stream().findFirst().map(Reason::text).orElse("nothing was applied in the last five minutes");
    }

    /** Why the end is unknown: a hold other than a closed run window. */
    private static String hold(List<Reason> reasons, RunWindows windows, Instant now) {
        String closed = windows.reason(now).orElse("");
        return reasons.stream()
                .filter(reason -> reason.kind() == Kind.HOLD)
                .filter(reason -> closed.isEmpty() || !reason.text().startsWith(closed))
                .findFirst()
                .map(reason -> "end unknown while the run waits: " + reason.text())
                .orElse("");
    }
}
