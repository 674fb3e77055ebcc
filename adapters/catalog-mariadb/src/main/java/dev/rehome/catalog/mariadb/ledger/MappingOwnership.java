package dev.rehome.catalog.mariadb.ledger;

import static dev.rehome.catalog.mariadb.sql.SqlFragment.sql;

import dev.rehome.catalog.mariadb.sql.ColumnCatalog;
import dev.rehome.catalog.mariadb.sql.ColumnCatalog.Column;
import dev.rehome.catalog.mariadb.sql.JdbcRunner;
import dev.rehome.catalog.mariadb.sql.KeyColumn;
import dev.rehome.catalog.mariadb.sql.LocationColumn;
import dev.rehome.catalog.mariadb.sql.TableName;
import dev.rehome.catalog.mariadb.sql.TableProfile;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether the mapping table, if it exists, is ours and of this very migration. */
public record MappingOwnership(JdbcRunner jdbc, ColumnCatalog columns, MappingSchema schema, Fingerprint fingerprint) {
    /** MariaDB's longest name of a table, in characters. */
    private static final int LONGEST_NAME = 64;

    /** What MEDIUMTEXT and MEDIUMBLOB hold: no location is longer. */
    private static final long MEDIUM = (1 << 24) - 1;

    /** Why the mapping table may not be used for a table of this profile, where it is known; empty when it may. */
    public Optional<String> refusal(Optional<TableProfile> profile) {
        String longest = schema.manifest().table();
        if (longest.codePointCount(0, longest.length()) > LONGEST_NAME) {
            return Optional.of("TEMP_TABLE_FOR_UPDATE is longer than " + (LONGEST_NAME - "_manifest".length())
                    + " characters, which leaves no room for the ending _manifest: choose a shorter name");
        }
        boolean mapping = !columns.of(schema.mapping()).isEmpty();
        List<Column> run = columns.of(schema.runs());
        boolean runs = run.stream().anyMatch(column -> column.name().equals("fingerprint"));
        if (!runs && !run.isEmpty()) {
            return Optional.of(stranger(schema.runs()));
        }
        if (!MariaDbManifestLoader.isOurs(columns, schema.manifest())) {
            return Optional.of(stranger(schema.manifest()));
        }
        if (runs && run.stream().noneMatch(column -> column.name().equals("run_token"))) {
            return Optional.of("The mapping table " + schema.mapping()
                    + " was made by an earlier release: finish its migration with that, or set TEMP_TABLE_FOR_UPDATE to"
                    + " another name");
        }
        List<Column> batch = columns.of(schema.batches());
        if (!batch.isEmpty() && batch.stream().noneMatch(column -> column.name().equals("applied_at"))) {
            return Optional.of(stranger(schema.batches()));
        }
        List<Column> beat = columns.of(schema.beats());
        if (!beat.isEmpty() && beat.stream().noneMatch(column -> column.name().equals("beat_at"))) {
            return Optional.of(stranger(schema.beats()));
        }
        if (mapping && (!runs || columns.mappingKey(schema.mapping()).isEmpty())) {
            return Optional.of(stranger(schema.mapping()));
        }
        return runs ? otherSettings().or(() -> profile.flatMap(this::otherShape)) : Optional.empty();
    }

    /** The same of the settings alone, where a run has begun: one short query. */
    Optional<String> otherSettings() {
        return jdbc.first(
                        "reading the settings of the mapping table",
                        sql("SELECT fingerprint, settings FROM :runs ORDER BY run_no LIMIT 1")
                                .with("runs", schema.runs()),
                        row -> new Fingerprint(row.getString("settings"), row.getString("fingerprint")))
                .filter(made -> !made.hash().equals(fingerprint.hash()))
                .map(made -> "The mapping table " + schema.mapping() + " was made for other settings: " + made.text()
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
        return "The mapping table " + schema.mapping() + " doesn't fit the table any more: " + how
                + ". Set TEMP_TABLE_FOR_UPDATE to another name";
    }

    private static String stranger(TableName table) {
        return "The table " + table
                + " exists and is not a mapping table of Rehome: set TEMP_TABLE_FOR_UPDATE to another name";
    }
}
