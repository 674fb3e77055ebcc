package dev.rehome.common.catalog;

import java.util.List;
import java.util.Optional;

/**
 * What a look at the catalog found, with nothing changed.
 *
 * @param profile the table's profile; empty when a finding stands in its way
 * @param findings everything worth saying
 */
public record Inspection(Optional<TableProfile> profile, List<PreflightFinding> findings) {
    public Inspection {
        findings = List.copyOf(findings);
    }
}
