package dev.rehome.catalog.mariadb.preflight;

import dev.rehome.catalog.mariadb.ledger.MappingTableCheck;
import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.ColumnCatalog.Column;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.MariaDbSettings;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.batch.CollisionCheck;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.catalog.LocationScanner;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.catalog.RunLedger;
import dev.rehome.common.catalog.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The checks of the database before anything changes. A check that makes no sense after an earlier refusal is left out; all
 * others are made, so that one preflight lists everything there is to do.
 *
 * @param legacyLocations reads the locations under the legacy prefix
 */
public record MariaDbPreflight(
        JdbcRunner jdbc,
        ColumnCatalog columns,
        Subject subject,
        MappingTableCheck mappingTable,
        RunLedger runs,
        Function<TableProfile, LocationScanner> legacyLocations) {
    /** One check; it changes nothing. */
    interface Check {
        List<PreflightFinding> findings();
    }

    /** The migration that is checked. */
    public record Subject(MariaDbSettings settings, TargetKeyRule keys, Selection selection, SideEffectPolicy policy) {}

    /**
     * The result of all checks.
     *
     * @param profile the table's profile; empty when a finding says why it can't be used
     * @param findings all findings
     */
    public record Result(Optional<TableProfile> profile, List<PreflightFinding> findings) {}

    /** Makes all checks. */
    public Result check() {
        ServerChecks server = new ServerChecks(jdbc);
        List<PreflightFinding> findings = new ArrayList<>(List.of(server.version()));
        if (isRefused(findings)) {
            return new Result(Optional.empty(), findings);
        }
        TableName table = subject.settings().catalog();
        List<Column> known = columns.of(table);
        if (known.isEmpty()) {
            findings.addAll(server.variables());
            findings.add(PreflightFinding.refused("Table " + table
                    + " doesn't exist, or DB_USER may not read it: check DATABASE_NAME, DATABASE_TABLE_TO_UPDATE and the"
                    + " SELECT right."));
            return new Result(Optional.empty(), findings);
        }
        TableProfiles profiles = new TableProfiles(jdbc, columns, subject.settings(), subject.policy());
        Optional<TableProfile> profile = profiles.of(known);
        PrivilegeChecks privileges = new PrivilegeChecks(jdbc);
        List<Check> checks = List.of(
                server::variables,
                () -> server.tableKind(table),
                () -> profiles.findings(known),
                () -> profile.map(this::prefixFindings).orElse(List.of()),
                new SideEffectChecks(jdbc, table, subject.settings().column(), subject.policy(), known),
                () -> profile.map(privileges::onCatalog).orElse(List.of()),
                () -> privileges.onMapping(subject.settings().mapping()),
                () -> mappingTable.refusal(profile).map(PreflightFinding::refused).stream()
                        .toList());
        checks.forEach(check -> findings.addAll(check.findings()));
        // Last, because it reads the whole table: pointless when the run is refused anyway.
        if (!isRefused(findings)) {
            findings.addAll(collisions(profile.orElseThrow()));
        }
        return new Result(profile, findings);
    }

    private List<PreflightFinding> prefixFindings(TableProfile profile) {
        return subject.selection() == Selection.PREFIX
                ? new PrefixChecks(jdbc, profile.column(), subject.keys()).findings()
                : List.of();
    }

    private List<PreflightFinding> collisions(TableProfile profile) {
        if (subject.selection() != Selection.PREFIX || subject.keys().layout() != KeyLayout.FLATTEN) {
            return List.of();
        }
        List<PreflightFinding> collisions = new FlattenCollisions(
                        legacyLocations.apply(profile), subject.keys(), CollisionCheck.ofQuarterHeap())
                .find();
        // The application may have added them since the run started; the copy then reports them one by one.
        boolean isRunning =
                runs.latest().filter(run -> run.completed().isEmpty()).isPresent();
        return isRunning
                ? collisions.stream()
                        .map(found -> PreflightFinding.warning(found.text()))
                        .toList()
                : collisions;
    }

    private static boolean isRefused(List<PreflightFinding> findings) {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.REFUSED);
    }
}
