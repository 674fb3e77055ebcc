package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.common.batch.BatchId;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.FailureLedger;
import dev.rehome.common.catalog.FailureLedger.RequeueOrder;
import dev.rehome.common.catalog.RecordTotals;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requeues of a hundred thousand failed records, and of values that aren't text. */
@ExtendWith(MariaDbSchemas.class)
class RequeueIT {
    private static final int RECORDS = 100_000;

    @Test
    void hundredThousandRecordsAreMadePendingByTheServer(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            schema.execute("""
                    INSERT INTO rehome_map (batch_id, record_no, run_no, k1, old_location, outcome, code, message, recorded_at)
                    SELECT UNHEX(LPAD(HEX(seq DIV 1000 + 1), 32, '0')), seq MOD 1000, 1, seq, CONCAT('legacy/', seq), 'FAILED',
                           IF(seq MOD 4 = 0, 'ENCRYPTION', 'NOT_FOUND'), 'gone', UTC_TIMESTAMP(6)
                    FROM seq_0_to_99999""");
            schema.execute("""
                    INSERT INTO rehome_map_batch SELECT DISTINCT batch_id, 1, 0, 0, 0, 1000, UTC_TIMESTAMP(6)
                    FROM rehome_map""");
            FailureLedger failures = catalog.catalog().failures();
            assertThat(failures.groups(1))
                    .extracting(group -> group.code() + " " + group.records() + " "
                            + group.samples().size())
                    .containsExactly("ENCRYPTION 25000 3", "NOT_FOUND 75000 3");

            assertThat(requeued(failures, catalog, Optional.of("NOT_FOUND"))).isEqualTo(75_000);

            assertThat(catalog.catalog().batches().totals(1)).isEqualTo(RecordTotals.NONE.withFailed(25_000));
            assertThat(requeued(failures, catalog, Optional.empty())).isEqualTo(25_000);
            assertThat(catalog.catalog().batches().totals(1)).isEqualTo(RecordTotals.NONE);
            assertThat(schema.value("SELECT COUNT(*) FROM rehome_map WHERE outcome = 'REQUEUED'"))
                    .isEqualTo(Integer.toString(RECORDS));
            assertThat(failures.requeues(1))
                    .extracting(FailureLedger.RequeueTotal::records)
                    .containsExactly(75_000L, 25_000L);
        }
    }

    private static long requeued(FailureLedger failures, PreparedCatalog catalog, Optional<String> code) {
        RequeueOrder order =
                new RequeueOrder(TestBatches.id(code.isPresent() ? 90 : 91), catalog.run(), code, "ann@bastion");
        long records = 0;
        int steps = 0;
        Optional<BatchId> end = Optional.empty();
        do {
            FailureLedger.Requeued step = failures.requeue(order, end);
            records += step.records();
            end = step.end();
            steps++;
        } while (end.isPresent());
        assertThat(steps).as("each step is bounded").isGreaterThan(1);
        return records;
    }

    @Test
    void valueThatIsNotTextIsListedWithItsBytes(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARBINARY(50))");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            schema.execute("""
                    INSERT INTO rehome_map (batch_id, record_no, run_no, k1, old_location, outcome, code, message, recorded_at)
                    VALUES (UNHEX(LPAD('1', 32, '0')), 0, 1, 7, X'6C6567616379FF', 'FAILED', 'KEY_REFUSED', 'x', UTC_TIMESTAMP(6)),
                           (UNHEX(LPAD('1', 32, '0')), 1, 1, 8, 'legacy/\u00e9', 'FAILED', 'NOT_FOUND', 'x', UTC_TIMESTAMP(6))""");
            schema.execute("""
                    INSERT INTO rehome_map_batch SELECT DISTINCT batch_id, 1, 0, 0, 0, 2, UTC_TIMESTAMP(6)
                    FROM rehome_map""");
            assertThat(catalog.catalog()
                            .failures()
                            .page(1, Optional.empty(), Optional.empty())
                            .records())
                    .extracting(each -> each.rowKey() + " "
                            + each.oldLocation().hex().orElse(each.oldLocation().text()))
                    .containsExactly("7 6c6567616379ff", "8 legacy/\u00e9");
        }
    }
}
