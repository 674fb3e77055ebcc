package dev.rehome.producer.progress;

import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.process.Plural;
import dev.rehome.common.queue.QueueDepth;
import dev.rehome.producer.progress.RunSnapshot.Counts;
import dev.rehome.producer.progress.RunSnapshot.Pace;
import dev.rehome.producer.progress.RunSnapshot.Phase;
import dev.rehome.producer.progress.RunSnapshot.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** A {@link RunSnapshot} in words: as one line for a log, and as lines for a terminal. */
public final class SnapshotText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private SnapshotText() {}

    /** One line. */
    public static String line(RunSnapshot now) {
        Counts counts = now.counts();
        Pace pace = now.pace();
        QueueDepth batches = now.batches();
        String reasons = now.state().reasons().stream().map(Reason::text).collect(Collectors.joining("; "));
        return applied(counts)
                + format(" | published %,d, copied %,d", counts.published(), counts.copied())
                + format(" | %,.0f/s, %,.0f/s on average", pace.perSecond(), pace.average())
                + format(" | failed %,d", counts.applied().failed())
                + format(" | pass %d | batches: %d pending", now.run().pass(), batches.pending())
                + format(", %d in flight, %d copied, %d dead", batches.leased(), batches.copied(), batches.dead())
                + format(" | consumers: %d with ", now.consumers().size())
                + Plural.of(now.inFlight(), "copy") + " in flight | " + state(now)
                + (reasons.isEmpty() ? "" : ": " + reasons)
                + " | ETA " + eta(pace);
    }

    /** Lines for a terminal. */
    public static String lines(RunSnapshot now) {
        Counts counts = now.counts();
        RecordTotals applied = counts.applied();
        Pace pace = now.pace();
        QueueDepth batches = now.batches();
        StringBuilder text = new StringBuilder(heading(now)).append('\n');
        line(text, "state", state(now));
        now.state()
                .reasons()
                .forEach(reason -> line(text, reason.kind().name().toLowerCase(Locale.ROOT), reason.text()));
        line(text, "records", applied(counts));
        line(text, "", format("%,d published, %,d copied", counts.published(), counts.copied()));
        line(
                text,
                "applied",
                format("%,d migrated", applied.migrated())
                        + format(
                                ", %,d changed and %,d deleted by the application",
                                applied.changed(), applied.deleted())
                        + format(", %,d failed", applied.failed()));
        line(text, "rate", format("%,.0f/s in the last minute, %,.0f/s on average", pace.perSecond(), pace.average()));
        line(text, "ETA", eta(pace));
        line(
                text,
                "batches",
                format("%,d pending, %,d in flight", batches.pending(), batches.leased())
                        + format(", %,d copied, %,d dead", batches.copied(), batches.dead()));
        if (now.consumers().isEmpty()) {
            line(text, "consumers", "none has reported in the last minute");
        }
        now.consumers().forEach((name, report) -> line(text, "consumer", name + ": " + report.text()));
        return text.toString().stripTrailing();
    }

    private static String heading(RunSnapshot now) {
        if (now.run().number() == 0) {
            return "No run has started yet";
        }
        return "Run " + now.run().number()
                + now.run()
                        .completed()
                        .map(end -> ": complete since " + time(end))
                        .or(() -> now.run().started().map(start -> ": in progress since " + time(start)))
                        .orElse("");
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(format("  %-10s %s", label, value)).append('\n');
    }

    private static String state(RunSnapshot now) {
        return now.state().phase().name().toLowerCase(Locale.ROOT)
                + now.state()
                        .windowsClose()
                        .map(close -> " until the run windows close at " + MINUTE.format(close))
                        .orElse("");
    }

    private static String applied(Counts counts) {
        String done = format("applied %,d", counts.applied().total());
        return counts.total().isEmpty()
                ? done
                : done
                        + format(" of %,d", counts.total().getAsLong())
                        + counts.percent()
                                .map(share -> format(" (%.1f %%)", share))
                                .orElse("");
    }

    /** The time that is left and its end, or why they aren't known. */
    public static String eta(Pace pace) {
        if (pace.left().isEmpty()) {
            return pace.note();
        }
        return rounded(pace.left().get())
                + pace.end().map(end -> " (" + MINUTE.format(end) + ")").orElse("")
                + (pace.note().isEmpty() ? "" : ", " + pace.note());
    }

    /** Whether a phase is an end. */
    public static boolean isEnd(Phase phase) {
        return phase == Phase.COMPLETE || phase == Phase.INCOMPLETE;
    }

    /** A time in UTC. */
    public static String time(Instant at) {
        return TIME.format(at);
    }

    /** A duration in its two largest units. */
    public static String rounded(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
