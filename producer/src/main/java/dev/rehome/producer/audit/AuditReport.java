package dev.rehome.producer.audit;

import dev.rehome.common.process.Printable;
import dev.rehome.producer.report.Tally;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Counts findings and keeps the first few of each kind. For one thread. */
public final class AuditReport {
    private static final int LISTED = 5;

    private final Tally<AuditFinding.Kind, AuditFinding> findings = new Tally<>(LISTED);

    /** Counts a finding. */
    public void add(AuditFinding finding) {
        findings.add(finding.kind(), finding);
    }

    /** How many findings of a kind there are. */
    public long count(AuditFinding.Kind kind) {
        return findings.count(kind);
    }

    /** Whether nothing was found that needs attention. */
    public boolean isClean() {
        return findings.counts().keySet().stream().noneMatch(AuditFinding.Kind::isProblem);
    }

    /** Lines for a terminal. */
    public String text(AuditProgress read) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Audited %,d values of the column, %,d migrated records, %,d legacy objects and %,d new objects%n",
                read.rows(),
                read.migrated(),
                read.sources(),
                read.targets()));
        findings.counts().forEach((kind, count) -> {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-20s %,12d  %s%s%n",
                    kind,
                    count,
                    kind.isProblem() ? "" : "(note) ",
                    kind.advice()));
            for (AuditFinding finding : findings.first(kind)) {
                text.append("      ").append(finding.bucket()).append('/').append(Printable.of(finding.objectKey()));
                text.append(finding.detail().isEmpty() ? "" : ": " + Printable.of(finding.detail()))
                        .append('\n');
            }
        });
        return text.append(isClean() ? "Everything agrees.\n" : "Not everything agrees.\n")
                .toString();
    }

    /** One JSON object. */
    public String json(AuditProgress read) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("clean", isClean());
        root.putObject("read")
                .put("rows", read.rows())
                .put("migratedRecords", read.migrated())
                .put("legacyObjects", read.sources())
                .put("newObjects", read.targets());
        ObjectNode kinds = root.putObject("findings");
        for (AuditFinding.Kind kind : AuditFinding.Kind.values()) {
            kinds.putObject(kind.name()).put("count", count(kind)).put("problem", kind.isProblem());
        }
        return root.toString();
    }
}
