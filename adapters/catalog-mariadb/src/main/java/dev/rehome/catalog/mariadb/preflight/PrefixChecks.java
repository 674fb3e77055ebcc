package dev.rehome.catalog.mariadb.preflight;

import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.LocationColumn;
import dev.rehome.catalog.mariadb.sql.LocationSql;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.PreflightFinding;
import java.util.ArrayList;
import java.util.List;

/** Whether the column can hold keys with our prefixes; single values that are too long are found by the count. */
record PrefixChecks(JdbcRunner jdbc, LocationColumn column, TargetKeyRule keys) implements MariaDbPreflight.Check {
    @Override
    public List<PreflightFinding> findings() {
        List<PreflightFinding> findings = new ArrayList<>();
        String target = keys.target();
        String legacy = keys.legacy();
        if (new LocationSql(column).roomFor(target) >= column.maxCharacters()) {
            findings.add(PreflightFinding.refused("The column " + column.name() + " is " + column.type()
                    + ", which has no room for a key under TARGET_OBJECT_PREFIX '" + target
                    + "': widen it, or choose a shorter prefix."));
        }
        if (keys.canRemainLegacy()) {
            findings.add(PreflightFinding.warning("LEGACY_S3_OBJECT_PREFIX lies in TARGET_OBJECT_PREFIX, so the new key"
                    + " of a row under '" + legacy + legacy.substring(target.length())
                    + "' would still start with the legacy prefix: such rows keep their key and are reported as"
                    + " KEY_REFUSED."));
        }
        List<Integer> unwritable = new MariaDbColumnCapacity(jdbc, column).unwritable(List.of(target, legacy));
        if (unwritable.contains(0)) {
            findings.add(PreflightFinding.refused("The column's character set " + column.charset()
                    + " can't hold TARGET_OBJECT_PREFIX '" + target + "': choose another prefix."));
        }
        if (unwritable.contains(1)) {
            findings.add(PreflightFinding.refused("The column's character set " + column.charset()
                    + " can't hold LEGACY_S3_OBJECT_PREFIX '" + legacy
                    + "', so no row can start with it: check the prefix."));
        }
        return findings;
    }
}
