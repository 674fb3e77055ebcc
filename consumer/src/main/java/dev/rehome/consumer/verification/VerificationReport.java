package dev.rehome.consumer.verification;

import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.ObjectStat;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a verification came to, for people.
 *
 * @param tally what was found
 * @param scope which records were looked at, such as {@code every record}
 * @param took how long it took
 */
record VerificationReport(Tally tally, String scope, Duration took) {
    /** The report as lines. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "Looked at %,d references (%s) in %.1f s%n",
                tally.lookedAt(),
                scope,
                took.toMillis() / 1_000.0));
        line(text, "right", tally.rightOnes(), "");
        if (tally.repairedOnes() > 0) {
            line(text, "repaired", tally.repairedOnes(), "their objects were missing and are copied again");
        }
        for (Map.Entry<FindingKind, Long> kind : tally.counts().entrySet()) {
            line(text, kind.getKey().name(), kind.getValue(), kind.getKey().advice());
            tally.named(kind.getKey()).forEach(finding -> finding(text, finding));
            if (kind.getValue() > Tally.NAMED) {
                text.append("      … all of them with --output FILE\n");
            }
        }
        if (tally.changed() + tally.deleted() > 0) {
            text.append("Not looked at: rows that point elsewhere by now\n");
            line(text, "changed", tally.changed(), "by the application since");
            line(text, "deleted", tally.deleted(), "by the application since");
        }
        return text.append(tally.left() == 0 ? "Everything holds." : "Not everything holds.")
                .toString();
    }

    private static void finding(StringBuilder text, Finding finding) {
        text.append("      row ")
                .append(finding.record().rowKey())
                .append(": ")
                .append(finding.record().newLocation())
                .append(", copied from ")
                .append(finding.record().oldLocation())
                .append('\n');
        described(text, "target", finding.target().object());
        described(text, "source", finding.source().object());
        if (!finding.message().isEmpty()) {
            text.append("        ").append(finding.message()).append('\n');
        }
    }

    private static void described(StringBuilder text, String end, Optional<ObjectStat> object) {
        object.ifPresent(found -> text.append(String.format(
                Locale.ROOT,
                "        %s: %,d bytes, ETag %s, written %s%n",
                end,
                found.size(),
                found.proof().map(ContentProof::value).orElse("none"),
                found.modified())));
    }

    private static void line(StringBuilder text, String what, long count, String note) {
        text.append(String.format(Locale.ROOT, "  %-18s %,12d  %s", what, count, note)
                        .stripTrailing())
                .append('\n');
    }
}
