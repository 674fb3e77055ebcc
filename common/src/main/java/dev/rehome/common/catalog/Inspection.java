package dev.rehome.common.catalog;

import dev.rehome.common.catalog.PreflightFinding.Severity;
import java.util.List;
import java.util.Optional;

/**
 * The result of checks that changed nothing.
 *
 * @param table the table; empty when a finding says why it can't be used
 * @param findings all findings
 */
public record Inspection(Optional<CatalogTable> table, List<PreflightFinding> findings) {
    public Inspection {
        findings = List.copyOf(findings);
    }

    /** Whether a run must not start. */
    public boolean isRefused() {
        return table.isEmpty() || findings.stream().anyMatch(each -> each.severity() == Severity.REFUSED);
    }
}
