package dev.rehome.producer.operator;

import dev.rehome.common.store.Location;
import dev.rehome.producer.audit.AuditFinding;
import dev.rehome.producer.audit.AuditProgress;
import dev.rehome.producer.audit.AuditReport;
import dev.rehome.producer.audit.AuditResults;
import dev.rehome.producer.audit.CopiedObject;
import dev.rehome.producer.audit.ProvenCopies;
import java.util.Locale;

/** Collects what an audit says about legacy objects: which aren't needed any more, and why the others are. For one thread. */
final class PurgePlan implements AuditResults {
    private final ProvenCopies copies;
    private final Location place;
    private final AuditReport report = new AuditReport();
    private long referenced;

    /** {@code place}: the bucket and the prefix of the legacy objects; {@code copies} receives those that aren't needed. */
    PurgePlan(ProvenCopies copies, Location place) {
        this.copies = copies;
        this.place = place;
    }

    @Override
    public void found(AuditFinding finding) {
        report.add(finding);
    }

    @Override
    public void proven(CopiedObject object) {
        copies.add(object);
    }

    @Override
    public void referenced() {
        referenced++;
    }

    /** How many copies of this migration have gone, to which rows refer. */
    long lost() {
        return report.count(AuditFinding.Kind.APPLIED_BUT_MISSING);
    }

    /** Lines for a terminal; {@code read} is what the audit has read. */
    String text(AuditProgress read) {
        long uncopied = report.count(AuditFinding.Kind.SOURCE_WITHOUT_ROW);
        return report.text(read)
                + String.format(Locale.ROOT, "Legacy objects in %s:%n", place)
                + line("to delete", copies.objects(), "no row names them, and their copies are proven")
                + line("keep", referenced, "rows name them")
                + line("keep", uncopied, "this migration didn't copy them, or has no record of it")
                + line(
                        "keep",
                        read.sources() - copies.objects() - referenced - uncopied,
                        "no row names them, but their copies have gone or differ");
    }

    private static String line(String label, long objects, String note) {
        return String.format(Locale.ROOT, "  %-9s %,14d  %s%n", label, objects, note);
    }
}
