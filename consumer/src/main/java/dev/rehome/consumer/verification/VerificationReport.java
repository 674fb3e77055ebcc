package dev.rehome.consumer.verification;

import dev.rehome.common.catalog.MigratedRecord;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.Plural;
import dev.rehome.common.store.ContentProof;
import dev.rehome.common.store.ObjectStat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Counts the results of a verification, keeps the first findings of each kind, and prints them. For one thread. */
final class VerificationReport {
    /** How many findings of each kind are printed; the file of findings has all of them. */
    static final int PRINTED = 10;

    private final Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);
    private final Map<Finding.Kind, List<Finding>> first = new EnumMap<>(Finding.Kind.class);
    private long intact;
    private long repaired;
    private long skipped;
    private long changed;
    private long deleted;
    private int failedIn;
    private long failed;

    /** Adds a reference without a problem. */
    void addIntact() {
        intact++;
    }

    /** Adds a record that isn't part of the sample. */
    void addSkipped() {
        skipped++;
    }

    /** Adds a row that doesn't hold its new key, and refers to another object or to none. */
    void addElsewhere(MigratedRecord.Reference reference) {
        if (reference == MigratedRecord.Reference.DELETED) {
            deleted++;
        } else {
            changed++;
        }
    }

    /** How many records failed in the latest run. */
    void failed(int run, long records) {
        failedIn = run;
        failed = records;
    }

    void add(Finding finding) {
        if (finding.repaired()) {
            repaired++;
            return;
        }
        counts.merge(finding.kind(), 1L, Long::sum);
        List<Finding> sameKind = first.computeIfAbsent(finding.kind(), any -> new ArrayList<>());
        if (sameKind.size() < PRINTED) {
            sameKind.add(finding);
        }
    }

    /** The unrepaired findings by kind. */
    Map<Finding.Kind, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** The first findings of a kind. */
    List<Finding> first(Finding.Kind kind) {
        return List.copyOf(first.getOrDefault(kind, List.of()));
    }

    /** The number of unrepaired findings. */
    long findings() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    long intact() {
        return intact;
    }

    long repaired() {
        return repaired;
    }

    long changed() {
        return changed;
    }

    long deleted() {
        return deleted;
    }

    /** The number of verified references. */
    long verified() {
        return intact + repaired + findings();
    }

    /** The number of records that were read, verified or not. */
    long read() {
        return verified() + skipped + changed + deleted;
    }

    int exitCode() {
        if (findings() > 0) {
            return ExitCode.COMPLETE_WITH_FAILURES;
        }
        return verified() == 0 ? ExitCode.NOTHING_VERIFIED : ExitCode.COMPLETE;
    }

    private String conclusion() {
        if (findings() > 0) {
            return "Not everything holds.";
        }
        if (verified() > 0) {
            return failed == 0 ? "Everything holds." : "Everything that was migrated holds.";
        }
        if (skipped > 0) {
            return "Nothing was verified: the sample contains no reference. Raise --sample.";
        }
        return changed + deleted > 0
                ? "Nothing was verified: no row holds its new key any more."
                : "Nothing was verified: no row has been migrated.";
    }

    /**
     * The report as lines.
     *
     * @param scope the verified records, such as {@code all}
     */
    String text(String scope, Duration took) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, "Verified %,d references (%s) in %.1f s%n", verified(), scope, took.toMillis() / 1_000.0));
        append(text, "intact", intact, "");
        if (repaired > 0) {
            append(text, "repaired", repaired, "their objects were missing and have been copied again");
        }
        counts.forEach((kind, count) -> {
            append(text, kind.name(), count, kind.advice());
            first(kind).forEach(finding -> append(text, finding));
            if (count > PRINTED) {
                text.append("      … all of them with --output FILE\n");
            }
        });
        if (changed + deleted > 0) {
            text.append("Not verified, because the rows don't hold their new keys any more\n");
            append(text, "changed", changed, "by the application");
            append(text, "deleted", deleted, "by the application");
        }
        if (failed > 0) {
            text.append(Plural.of(failed, "record"))
                    .append(" failed in run " + failedIn)
                    .append(", so their rows keep their old keys; the run's report has the reasons\n");
        }
        return text.append(conclusion()).toString();
    }

    private static void append(StringBuilder text, Finding finding) {
        MigratedRecord record = finding.record();
        text.append("      row ")
                .append(record.rowKey())
                .append(": ")
                .append(record.newLocation())
                .append(", copied from ")
                .append(record.oldLocation())
                .append('\n');
        append(text, "target", finding.objects().target().object());
        append(text, "source", finding.objects().source().object());
        if (!finding.message().isEmpty()) {
            text.append("        ").append(finding.message()).append('\n');
        }
    }

    private static void append(StringBuilder text, String end, Optional<ObjectStat> object) {
        object.ifPresent(found -> text.append(String.format(
                Locale.ROOT,
                "        %s: %,d bytes, ETag %s, written %s%n",
                end,
                found.size(),
                found.proof().map(ContentProof::value).orElse("unknown"),
                found.modified())));
    }

    private static void append(StringBuilder text, String label, long count, String note) {
        text.append(String.format(Locale.ROOT, "  %-18s %,12d  %s", label, count, note)
                        .stripTrailing())
                .append('\n');
    }
}
