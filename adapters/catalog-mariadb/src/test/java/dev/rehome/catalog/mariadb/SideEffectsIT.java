package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy.Timestamps;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.CopiedRecord;
import dev.rehome.common.batch.FailedRecord;
import dev.rehome.common.batch.FailureCode;
import dev.rehome.common.batch.RecordOutcome;
import dev.rehome.common.batch.RowKey;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.RecordTotals;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the update touches beside the column, how it is joined, and how outcomes get into the mapping table. */
@ExtendWith(MariaDbSchemas.class)
class SideEffectsIT {
    @ParameterizedTest
    @CsvSource({"KEEP, 1", "BUMP, 0"})
    void onUpdateTimestampsFollowThePolicy(Timestamps timestamps, int kept, AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50), n INT DEFAULT 7,"
                + " `a``t` TIMESTAMP(6) DEFAULT NOW(6) ON UPDATE NOW(6), d DATETIME DEFAULT 0 ON UPDATE NOW())");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/a', 7, '2001-01-01', '2002-02-02')");
        SideEffectPolicy acceptance = new SideEffectPolicy(false, timestamps);
        try (PreparedCatalog catalog = schema.migration().accepting(acceptance).prepared()) {
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(1));
        }
        assertThat(schema.rows("SELECT image, n, `a``t` = '2001-01-01', d = '2002-02-02' FROM t"))
                .containsExactly(List.of("new/a", "7", Integer.toString(kept), Integer.toString(kept)));
    }

    @Test
    void allowedTriggersFire(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50), fired INT DEFAULT 0)");
        schema.execute("INSERT INTO t (id, image) VALUES (1, 'legacy/a'), (2, 'other')");
        schema.execute("CREATE TRIGGER fires BEFORE UPDATE ON t FOR EACH ROW SET NEW.fired = OLD.fired + 1");
        try (PreparedCatalog catalog = schema.migration().acceptingTriggers().prepared()) {
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(1));
        }
        assertThat(schema.column("SELECT fired FROM t ORDER BY id")).containsExactly("1", "0");
    }

    @Test
    void updateJoinsFromTheBatchByTheRowKey(AppSchema schema) {
        schema.execute("CREATE TABLE t (a INT, b VARCHAR(20), image VARCHAR(50), PRIMARY KEY (a, b), KEY (image))");
        schema.execute("INSERT INTO t SELECT seq DIV 10, seq, CONCAT('legacy/', seq) FROM seq_1_to_2000");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            catalog.copied();
            assertThat(schema.plan(catalog)).containsExactly("m range PRIMARY", "t eq_ref PRIMARY");
        }
    }

    @Test
    void timestampKeysAreReadInUtcAndKept(AppSchema schema) {
        schema.execute("CREATE TABLE t (at TIMESTAMP NOT NULL DEFAULT 0 PRIMARY KEY, image VARCHAR(50))");
        schema.execute("SET time_zone = '+00:00'");
        schema.execute("INSERT INTO t VALUES ('2024-10-27 00:30:00', 'legacy/a')");
        schema.execute("SET GLOBAL time_zone = '+05:00', GLOBAL explicit_defaults_for_timestamp = 0");
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            assertThat(catalog.walk().records(1))
                    .containsExactly(new SourceRecord(RowKey.of("2024-10-27 00:30:00"), "legacy/a"));
            assertThat(catalog.migrate()).isEqualTo(RecordTotals.NONE.withMigrated(1));
            assertThat(schema.column("SELECT k1 FROM rehome_map")).containsExactly("2024-10-27 00:30:00");
        } finally {
            schema.execute("SET GLOBAL time_zone = 'SYSTEM', GLOBAL explicit_defaults_for_timestamp = 1");
        }
    }

    @Test
    void consumersWaitUntilTheProducerHasMadeTheTable(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(50))");
        Batch batch = TestBatches.batch(1, 1);
        List<RecordOutcome> outcomes = List.of(new FailedRecord(0, FailureCode.NOT_FOUND, "gone"));
        try (MariaDbCatalog consumer = schema.migration().catalog()) {
            assertThatThrownBy(() -> consumer.outcomes().recorded(batch.id())).isInstanceOf(Unavailable.class);
            assertThatThrownBy(() -> consumer.outcomes().record(batch, outcomes))
                    .isInstanceOf(Unavailable.class);
            try (PreparedCatalog producer = schema.migration().prepared()) {
                Batch ofItsRun = producer.batch(batch.records());
                consumer.outcomes().record(ofItsRun, outcomes);
                assertThat(consumer.outcomes().recorded(ofItsRun.id())).containsExactly(0);
            }
        }
    }

    @Test
    void theLargestBatchIsRecordedWhole(AppSchema schema) {
        schema.execute("CREATE TABLE t (id INT PRIMARY KEY, image VARCHAR(1024))");
        String path = "legacy/" + "\u00e9".repeat(500) + "/";
        List<SourceRecord> records = IntStream.range(0, Batch.MAX_RECORDS)
                .mapToObj(i -> new SourceRecord(RowKey.of(Integer.toString(i)), path + i))
                .toList();
        try (PreparedCatalog catalog = schema.migration().prepared()) {
            Batch batch = catalog.batch(records);
            List<RecordOutcome> outcomes = IntStream.range(0, batch.size())
                    .<RecordOutcome>mapToObj(i -> new CopiedRecord(i, path + i, "etag", OptionalLong.empty()))
                    .toList();
            catalog.outcomes().record(batch, outcomes);
            assertThat(catalog.outcomes().recorded(batch.id())).hasSize(Batch.MAX_RECORDS);
            assertThat(catalog.apply(batch)).isEqualTo(RecordTotals.NONE.withDeleted(Batch.MAX_RECORDS));
        }
    }
}
