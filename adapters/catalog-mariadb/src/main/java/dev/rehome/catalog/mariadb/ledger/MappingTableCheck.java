package dev.rehome.catalog.mariadb.ledger;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.ColumnCatalog.Column;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.KeyColumn;
import dev.rehome.catalog.mariadb.sql.LocationColumn;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import dev.rehome.common.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks whether the mapping table and the tables beside it, as far as they exist, belong to this migration. */
public record MappingTableCheck(
        JdbcRunner jdbc, ColumnCatalog columns, MappingSchema schema, SettingsFingerprint fingerprint) {
    /** MariaDB's longest name of a table, in characters. */
    private static final int LONGEST_NAME = 64;

    /** The length of MEDIUMTEXT and MEDIUMBLOB: no location is longer. */
    private static final long MEDIUM = (1 << 24) - 1;

    /**
     * The reason why the mapping table can't be used; empty when it can.
     *
     * @param profile the profile of the table that is migrated, if it is known
     */
    public Optional<String> refusal(Optional<TableProfile> profile) {
        String longest = schema.manifest().table();
        if (longest.codePointCount(0, longest.length()) > LONGEST_NAME) {
            return Optional.of("TEMP_TABLE_FOR_UPDATE is longer than " + (LONGEST_NAME - "_manifest".length())
                    + " characters, which leaves no room for the suffix _manifest: choose a shorter name");
        }
        List<String> run = columnsOf(schema.runs());
        Optional<TableName> stranger = stranger(!run.isEmpty());
        if (stranger.isPresent()) {
            return Optional.of("The table " + stranger.get()
                    + " exists and is not a mapping table of Rehome: set TEMP_TABLE_FOR_UPDATE to another name");
        }
        return run.isEmpty()
                ? Optional.empty()
                : earlierRelease().or(this::otherSettings).or(() -> profile.flatMap(this::otherShape));
    }

    /** Throws {@link Rejected} where {@link #refusal} has a reason. */
    public void requireOurs(Optional<TableProfile> profile) {
        refusal(profile).ifPresent(refusal -> {
            throw new Rejected(refusal);
        });
    }

    /** A table of another program that has the name of one of ours; the mapping table is never without its runs. */
    private Optional<TableName> stranger(boolean hasRuns) {
        return schema.ownColumns().entrySet().stream()
                .filter(own -> {
                    List<String> found = columnsOf(own.getKey());
                    boolean isOurs = found.containsAll(own.getValue())
                            && (hasRuns || !own.getKey().equals(schema.mapping()))
                            // The manifest is dropped when another one is loaded.
                            && (!own.getKey().equals(schema.manifest()) || found.equals(own.getValue()));
                    return !found.isEmpty() && !isOurs;
                })
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Tables are created, never altered: the right to do that isn't assumed. */
    private Optional<String> earlierRelease() {
        List<String> missing = new ArrayList<>();
        schema.neededColumns().forEach((table, needed) -> {
            List<String> found = columnsOf(table);
            if (!found.isEmpty() && !found.containsAll(needed)) {
                missing.add(table + ": "
                        + needed.stream()
                                .filter(column -> !found.contains(column))
                                .collect(Collectors.joining(", ")));
            }
        });
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("The mapping table " + schema.mapping()
                        + " was created by an earlier release: columns are missing ("
                        + missing.stream().sorted().collect(Collectors.joining("; "))
                        + "). Finish its migration with that release, or set TEMP_TABLE_FOR_UPDATE to another name: this"
                        + " release then migrates the rows that are left. Only the earlier release can roll back the"
                        + " rows that it has migrated");
    }

    private List<String> columnsOf(TableName table) {
        return columns.of(table).stream().map(Column::name).toList();
    }

    /** The same check of the settings alone, once a run has begun: one short query. */
    Optional<String> otherSettings() {
        return jdbc.first(
                        "reading the settings of the mapping table",
                        schema.sql("SELECT fingerprint, settings FROM :runs ORDER BY run_no LIMIT 1"),
                        row -> new SettingsFingerprint(row.getString("settings"), row.getString("fingerprint")))
                .filter(made -> !made.hash().equals(fingerprint.hash()))
                .map(made -> "The mapping table " + schema.mapping() + " was created for other settings: " + made.text()
                        + ". Set TEMP_TABLE_FOR_UPDATE to another name, or restore those settings");
    }

    /** The table may have been altered since the mapping table was made. */
    private Optional<String> otherShape(TableProfile profile) {
        List<Column> known = columns.of(schema.mapping());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        List<String> was = declarations(columns.mappingKey(schema.mapping()));
        List<String> is = declarations(profile.key());
        if (!was.equals(is)) {
            return Optional.of(altered("the key of " + profile.table() + " was " + was + " and is " + is));
        }
        LocationColumn column = profile.column();
        return known.stream()
                .filter(old -> old.name().equals("old_location"))
                .filter(old -> !Objects.requireNonNullElse(old.charset(), "").equals(column.charset())
                        || old.maxCharacters() < Math.min(column.maxCharacters(), MEDIUM))
                .map(old -> altered("it holds old values of " + old.columnType() + " "
                        + Objects.requireNonNullElse(old.charset(), "") + " and the column " + column.name() + " is "
                        + column.type() + " " + column.charset()))
                .findFirst();
    }

    private static List<String> declarations(List<KeyColumn> key) {
        return key.stream().map(KeyColumn::declaration).toList();
    }

    private String altered(String how) {
        return "The mapping table " + schema.mapping() + " no longer fits the table: " + how
                + ". Set TEMP_TABLE_FOR_UPDATE to another name";
    }
}
