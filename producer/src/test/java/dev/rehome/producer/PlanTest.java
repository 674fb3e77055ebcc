package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.ContractProxy;
import dev.rehome.common.Rejected;
import dev.rehome.common.catalog.MemoryCatalog;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.catalog.WorkSource.CountedWindow;
import dev.rehome.common.process.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    private final MemoryPlan plan = new MemoryPlan();
    private final MemoryMigration migration = plan.migration;

    @TempDir
    private Path directory;

    @Test
    void legacyRowsAreCountedAndSampled() {
        migration.withRows(5);
        migration.put(9, "other/9");

        assertThat(plan.make()).isEqualTo(ExitCode.COMPLETE);
        assertThat(plan.text())
                .contains("  5 legacy rows, 3 batches of 2\n")
                .contains("  For example:\n    old/1 -> new/1\n    old/2 -> new/2\n    old/4 -> new/4\n")
                .endsWith("Ready: nothing was changed yet.\n");
        assertThat(migration.locations()).contains("old/1");
    }

    @Test
    void wrongPrefixIsAWarningWithSamplesOfTheColumn() {
        migration.put(1, "Old/1.png");
        migration.put(2, null);
        migration.put(3, "else/3.png");

        assertThat(plan.make()).isEqualTo(ExitCode.COMPLETE);
        assertThat(plan.text())
                .contains("  0 legacy rows, 0 batches of 2\n")
                .contains("  Warning: No row holds a key that starts with old")
                .contains("  The column holds, for example:\n    'Old/1.png'\n    'else/3.png'\n")
                .endsWith("Ready, but a run would find nothing to migrate: nothing was changed yet.\n");
    }

    @Test
    void newKeysLongerThanTheColumnRefuseTheRun() {
        migration.withRows(2);
        ProducerCatalog catalog = ContractProxy.of(
                ProducerCatalog.class,
                migration.catalog,
                (method, call) ->
                        method.getName().equals("count") ? new CountedWindow(2, 1, Optional.empty()) : call.call());

        assertThat(plan.make(catalog, Map.of())).isEqualTo(ExitCode.REFUSED);
        assertThat(plan.text())
                .contains("  Refused: 1 record would get a new key that is longer than the column")
                .endsWith("Refused: nothing was changed.\n");
    }

    @Test
    void keysThatToolsMangleAreNamed() {
        migration.put(1, "old/a+b.png");
        migration.put(2, "old/tail ");
        migration.put(3, "old//x");

        plan.make();

        assertThat(plan.text())
                .contains("Keys at risk, of 3 looked at:")
                .contains("1 end with a space or a dot")
                .contains("for example 'old/a+b.png'")
                .contains("for example 'old//x'");
    }

    @Test
    void refusalOfThePreflightIsPrinted() {
        ProducerCatalog catalog = ContractProxy.of(ProducerCatalog.class, migration.catalog, (method, call) -> {
            if (method.getName().equals("inspect")) {
                throw new Rejected("Access denied");
            }
            return call.call();
        });

        assertThat(plan.make(catalog, Map.of())).isEqualTo(ExitCode.REFUSED);
        assertThat(plan.text()).contains("  Refused: Access denied.").endsWith("Refused: nothing was changed.\n");
    }

    @Test
    void rowsOfTheManifestAreCounted() throws IOException {
        migration.withRows(5);
        MemoryCatalog catalog = migration.database.open(Selection.MANIFEST);

        assertThat(plan.make(catalog, manifest("old/2\nold/4\nold/77\n"))).isEqualTo(ExitCode.COMPLETE);
        assertThat(plan.text()).contains("  2 rows hold a key of the manifest, 1 batch of 2\n");
    }

    @Test
    void manifestThatMatchesNoRowIsAWarning() throws IOException {
        migration.withRows(5);
        MemoryCatalog catalog = migration.database.open(Selection.MANIFEST);

        assertThat(plan.make(catalog, manifest("old/77\n"))).isEqualTo(ExitCode.COMPLETE);
        assertThat(plan.text())
                .contains("  Warning: No row holds a key of the manifest")
                .contains("    'old/1'\n");
    }

    private Map<String, String> manifest(String content) throws IOException {
        return Map.of(
                "MANIFEST",
                Files.writeString(directory.resolve("m.csv"), content).toString());
    }
}
