package dev.rehome.producer.audit;

import java.util.Locale;

/**
 * How much an audit has read.
 *
 * @param rows values of the column
 * @param migrated migrated records of the mapping table that weren't rolled back
 * @param sources objects of the legacy bucket
 * @param targets objects of the new bucket
 */
public record AuditProgress(long rows, long migrated, long sources, long targets) {
    /** Nothing yet. */
    static final AuditProgress NONE = new AuditProgress(0, 0, 0, 0);

    /** One line. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%,d rows, %,d migrated records, %,d legacy objects, %,d new objects read",
                rows,
                migrated,
                sources,
                targets);
    }

    AuditProgress withRows(long more) {
        return new AuditProgress(rows + more, migrated, sources, targets);
    }

    AuditProgress withMigrated(long more) {
        return new AuditProgress(rows, migrated + more, sources, targets);
    }

    AuditProgress withListed(long ofSource, long ofTarget) {
        return new AuditProgress(rows, migrated, ofSource, ofTarget);
    }
}
