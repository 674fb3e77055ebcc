package dev.rehome.producer.operator;

import dev.rehome.common.store.Location;
import dev.rehome.producer.audit.AuditFinding;
import dev.rehome.producer.audit.AuditProgress;
import dev.rehome.producer.audit.AuditReport;
import dev.rehome.producer.audit.AuditResults;
import dev.rehome.producer.audit.CopiedObject;
import dev.rehome.producer.audit.ProvenCopies;
import dev.rehome.producer.report.CountLine;
import java.util.Locale;

/** Collects from an audit which legacy objects aren't needed any more, and why the others are kept. For one thread. */
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

    /** How many copies are missing that rows refer to. */
    long lost() {
        return report.count(AuditFinding.Kind.APPLIED_BUT_MISSING);
    }

    /** Lines for a terminal; {@code read} is what the audit has read. */
    String text(AuditProgress read) {
        long uncopied = report.count(AuditFinding.Kind.SOURCE_WITHOUT_ROW);
        return report.text(read)
                + String.format(Locale.ROOT, "Legacy objects in %s:%n", place)
                + CountLine.of("to delete", copies.objects(), "no row refers to them, and their copies are proven")
                + CountLine.of("keep", referenced, "rows refer to them")
                + CountLine.of("keep", uncopied, "this migration has no record of copying them")
                + CountLine.of(
                        "keep",
                        read.sources() - copies.objects() - referenced - uncopied,
                        "no row refers to them, but their copies are missing or differ");
    }
}
