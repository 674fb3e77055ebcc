package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.common.Draw;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchCodec;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.PreflightFinding.Severity;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ScannedRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One migration of a drawn table by the production classes, held to the oracle after each step. */
final class AnyMigration {
    private static final int RUN = 1;
    private static final int PASSES = 8;

    private final AppSchema schema;
    private final TestMigration migration;
    private final AnyTable table;
    private final TargetKeyRule keys;
    private final CatalogOracle oracle;
    private final AnyApplication application;
    private final Draw draw;
    private final List<RecordTotals> applied = new ArrayList<>();

    AnyMigration(AppSchema schema, TestMigration user, Draw draw) {
        this.schema = schema;
        this.draw = draw;
        this.table = AnyTable.drawn(draw);
        AnyMove move = AnyMove.drawn(draw, table.column());
        this.keys = new TargetKeyRule(move.legacy(), move.target(), move.layout());
        this.oracle = new CatalogOracle(table, move);
        this.application = new AnyApplication(schema, table, move, oracle, draw);
        this.migration = user.of(table.name(), table.location())
                .laidOut(keys)
                .inWindowsOf(draw.of(1, 2, 3, 7, 1_000))
                .accepting(new SideEffectPolicy(false, SideEffectPolicy.Timestamps.KEEP));
    }

    @Override
    public String toString() {
        return table.definition() + " " + keys;
    }

    void run() {
        schema.execute(table.definition());
        for (int i = draw.between(0, 25); i > 0; i--) {
            application.inserts();
        }
        if (isRefused()) {
            assertThat(oracle.collides()).as("refused for a collision").isTrue();
            return;
        }
        try (PreparedCatalog catalog = migration.prepared()) {
            assertThat(((MariaDbTable) catalog.table()).profile().isKeyless())
                    .isEqualTo(!table.key().serves());
            assertThat(catalog.walk().count())
                    .as("counted ahead")
                    .containsExactly(oracle.legacy().size(), oracle.tooLong());
            for (int pass = 1; pass(catalog, pass <= 2); pass++) {
                assertThat(pass).as("passes").isLessThan(PASSES);
            }
            assertThat(catalog.catalog().batches().totals(RUN)).isEqualTo(sum());
        }
        assertThat(oracle.legacy())
                .allSatisfy(left -> assertThat(oracle.reported(left)).isNotEmpty());
    }

    private boolean isRefused() {
        boolean flattened = keys.layout() == dev.rehome.common.batch.KeyLayout.FLATTEN && oracle.collides();
        try (MariaDbCatalog catalog = migration.catalog()) {
            assertThat(catalog.inspect().findings())
                    .filteredOn(found -> found.severity() == Severity.REFUSED)
                    .as("refusals")
                    .hasSize(flattened ? 1 : 0);
        }
        return flattened;
    }

    /** One pass; answers whether it found anything left to do. */
    private boolean pass(PreparedCatalog catalog, boolean live) {
        List<ScannedRecord> found = catalog.walk().pass(RUN);
        assertThat(found.stream().map(ScannedRecord::record))
                .as("what the scan finds")
                .containsExactlyInAnyOrderElementsOf(oracle.legacy());
        assertThat(found).allSatisfy(each -> {
            Set<String> reported = oracle.reported(each.record());
            assertThat(each.failure().map(reported::contains).orElse(reported.isEmpty()))
                    .as("%s was reported as %s", each, reported)
                    .isTrue();
        });
        List<SourceRecord> left = found.stream()
                .filter(each -> each.failure().isEmpty())
                .map(ScannedRecord::record)
                .toList();
        int size = draw.between(1, 8);
        for (int from = 0; from < left.size(); from += size) {
            batch(catalog, left.subList(from, Math.min(from + size, left.size())), live);
        }
        return !left.isEmpty();
    }

    private void batch(PreparedCatalog catalog, List<SourceRecord> records, boolean live) {
        Batch published = new Batch(TestBatches.id(applied.size() + 1), catalog.run(), records);
        Batch batch = BatchCodec.decode(published.id(), BatchCodec.encode(published));
        change(live);
        Set<Integer> failed = outcomes(catalog, batch);
        change(live);
        RecordTotals expected = oracle.apply(records, failed);
        assertThat(catalog.apply(batch)).as("batch %s", records).isEqualTo(expected);
        applied.add(expected);
        agrees();
        change(live);
        if (draw.chance(30) && records.stream().noneMatch(oracle::wouldBeLegacyAgain)) {
            catalog.outcomes().record(batch, TestBatches.copied(batch, keys));
            assertThat(catalog.apply(batch)).as("applied again").isEqualTo(expected);
        }
        agrees();
    }

    /** Records the outcomes in pieces; answers which failed. */
    private Set<Integer> outcomes(PreparedCatalog catalog, Batch batch) {
        Set<Integer> failed = new HashSet<>();
        List<RecordOutcome> some = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            boolean again = oracle.wouldBeLegacyAgain(batch.records().get(i));
            if (again || draw.chance(10)) {
                FailureCode code = again ? FailureCode.KEY_REFUSED : FailureCode.NOT_FOUND;
                failed.add(i);
                oracle.fails(batch.records().get(i), code.name());
                some.add(new FailedRecord(i, code, "not copied"));
            } else {
                some.add(TestBatches.copied(batch, keys, i));
            }
        }
        List<RecordOutcome> order = draw.shuffled(some);
        int half = draw.between(0, order.size());
        catalog.outcomes().record(batch, order.subList(0, half));
        if (half < order.size()) {
            assertThat(catalog.table().update().apply(batch.id(), batch.size()).missing())
                    .isEqualTo(order.size() - half);
            agrees();
        }
        catalog.outcomes().record(batch, order.subList(half, order.size()));
        return failed;
    }

    private void change(boolean live) {
        for (int i = live ? draw.between(0, 3) : 0; i > 0; i--) {
            application.changes();
        }
    }

    private void agrees() {
        assertThat(schema.rows(table.rows())).as("the table").isEqualTo(oracle.shown());
    }

    private RecordTotals sum() {
        return applied.stream().reduce(RecordTotals.NONE, RecordTotals::plus);
    }
}
