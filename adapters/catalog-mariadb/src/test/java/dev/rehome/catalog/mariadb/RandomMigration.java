package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.common.Draw;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.BatchCodec;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.KeyLayout;
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

/** One migration of a random table by the production classes, compared with the model after each step. */
final class RandomMigration {
    private static final int RUN = 1;
    private static final int PASSES = 8;

    private final AppSchema schema;
    private final TestMigration migration;
    private final RandomTable table;
    private final TargetKeyRule keys;
    private final ExpectedCatalog model;
    private final RandomWrites application;
    private final Draw draw;
    private final List<RecordTotals> applied = new ArrayList<>();

    RandomMigration(AppSchema schema, TestMigration user, Draw draw) {
        this.schema = schema;
        this.draw = draw;
        this.table = RandomTable.drawn(draw);
        RandomPrefixes prefixes = RandomPrefixes.drawn(draw, table.column());
        this.keys = new TargetKeyRule(prefixes.legacy(), prefixes.target(), prefixes.layout());
        this.model = new ExpectedCatalog(table, prefixes);
        this.application = new RandomWrites(schema, table, prefixes, model, draw);
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
            application.insert();
        }
        if (isRefused()) {
            assertThat(model.collides()).as("refused for a collision").isTrue();
            return;
        }
        try (PreparedCatalog catalog = migration.prepared()) {
            assertThat(catalog.isKeyless()).isEqualTo(!table.key().isUsable());
            assertThat(catalog.walk().count())
                    .as("counted ahead")
                    .containsExactly(model.legacy().size(), model.tooLong());
            for (int pass = 1; pass(catalog, pass <= 2); pass++) {
                assertThat(pass).as("passes").isLessThan(PASSES);
            }
            assertThat(catalog.catalog().batches().totals(RUN)).isEqualTo(sum());
        }
        assertThat(model.legacy())
                .allSatisfy(left -> assertThat(model.reported(left)).isNotEmpty());
    }

    private boolean isRefused() {
        boolean flattened = keys.layout() == KeyLayout.FLATTEN && model.collides();
        try (MariaDbCatalog catalog = migration.catalog()) {
            assertThat(catalog.inspect().findings())
                    .filteredOn(found -> found.severity() == Severity.REFUSED)
                    .as("refusals")
                    .hasSize(flattened ? 1 : 0);
        }
        return flattened;
    }

    /** Makes one pass; returns whether it found anything to do. */
    private boolean pass(PreparedCatalog catalog, boolean live) {
        List<ScannedRecord> found = catalog.walk().pass(RUN);
        assertThat(found.stream().map(ScannedRecord::record))
                .as("records of the scan")
                .containsExactlyInAnyOrderElementsOf(model.legacy());
        assertThat(found).allSatisfy(each -> {
            Set<String> reported = model.reported(each.record());
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
        changeRows(live);
        Set<Integer> failed = outcomes(catalog, batch);
        changeRows(live);
        RecordTotals expected = model.apply(records, failed);
        assertThat(catalog.apply(batch)).as("batch %s", records).isEqualTo(expected);
        applied.add(expected);
        assertTableAsExpected();
        changeRows(live);
        if (draw.chance(30) && records.stream().noneMatch(model::wouldBeLegacyAgain)) {
            catalog.outcomes().record(batch, TestBatches.copied(batch, keys));
            assertThat(catalog.apply(batch)).as("applied again").isEqualTo(expected);
        }
        assertTableAsExpected();
    }

    /** Records the outcomes in two parts; returns the failed records. */
    private Set<Integer> outcomes(PreparedCatalog catalog, Batch batch) {
        Set<Integer> failed = new HashSet<>();
        List<RecordOutcome> some = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            boolean again = model.wouldBeLegacyAgain(batch.records().get(i));
            if (again || draw.chance(10)) {
                FailureCode code = again ? FailureCode.KEY_REFUSED : FailureCode.NOT_FOUND;
                failed.add(i);
                model.fails(batch.records().get(i), code.name());
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
            assertTableAsExpected();
        }
        catalog.outcomes().record(batch, order.subList(half, order.size()));
        return failed;
    }

    private void changeRows(boolean live) {
        for (int i = live ? draw.between(0, 3) : 0; i > 0; i--) {
            application.change();
        }
    }

    private void assertTableAsExpected() {
        assertThat(schema.rows(table.rows())).as("the table").isEqualTo(model.shown());
    }

    private RecordTotals sum() {
        return applied.stream().reduce(RecordTotals.NONE, RecordTotals::plus);
    }
}
