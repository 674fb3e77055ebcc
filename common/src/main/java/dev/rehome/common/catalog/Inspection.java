package dev.rehome.common.catalog;

import java.util.List;
import java.util.Optional;

/**
 * The result of a check of the catalog that changed nothing.
 *
 * @param table the table; empty when a finding says why it can't be used
 * @param findings all findings
 */
public record Inspection(Optional<CatalogTable> table, List<PreflightFinding> findings) {
    public Inspection {
        findings = List.copyOf(findings);
    }
}
