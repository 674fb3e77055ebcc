package dev.rehome.catalog.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.Eventually;
import dev.rehome.common.Unavailable;
import dev.rehome.common.batch.Batch;
import dev.rehome.common.batch.KeyLayout;
import dev.rehome.common.batch.SourceRecord;
import dev.rehome.common.batch.TargetKeyRule;
import dev.rehome.common.batch.TestBatches;
import dev.rehome.common.catalog.RecordTotals;
import dev.rehome.common.catalog.ReferenceUpdate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The update beside a live application: an application's transaction on row 1 holds the update up half-way. */
@ExtendWith(MariaDbSchemas.class)
class IsolationIT {
    /** For the server to notice that a connection has ended; much too long, because the machine may be slow. */
    private static final Duration RELEASE = Duration.ofSeconds(30);

    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private AppSchema schema;
    private Connection application;
    private PreparedCatalog catalog;
    private Batch batch;

    @BeforeEach
    void aBatchOfThreeRowsWhoseLastIsDeletedMeanwhile(AppSchema fresh) throws SQLException {
        schema = fresh;
        schema.execute("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, image VARCHAR(50))");
        schema.execute("INSERT INTO t VALUES (1, 'legacy/a'), (2, 'legacy/b'), (9, 'legacy/tail')");
        catalog = schema.migration().prepared();
        List<SourceRecord> rows = catalog.walk().records(1);
        // The tail first, so that its lock, if there were one, would be held while row 1 is waited for.
        batch = catalog.batch(List.of(rows.get(2), rows.get(1), rows.get(0)));
        catalog.outcomes()
                .record(batch, TestBatches.copied(batch, new TargetKeyRule("legacy", "new", KeyLayout.PREFIX)));
        schema.execute("DELETE FROM t WHERE id = 9");
        application = schema.connect();
        application.setAutoCommit(false);
        AppSchema.execute(application, "UPDATE t SET image = image WHERE id = 1");
        AppSchema.execute(application, "SELECT * FROM t WHERE id = 1 FOR UPDATE");
    }

    @AfterEach
    void end() throws SQLException {
        application.close();
        catalog.close();
        other.shutdownNow();
    }

    @Test
    void anInsertIntoTheTailIsNotBlockedByAnOpenUpdate() throws Exception {
        Future<RecordTotals> applying = waitsForRowOne(this::applied);
        schema.execute("SET innodb_lock_wait_timeout = 1");
        schema.execute("INSERT INTO t (image) VALUES ('legacy/late')");
        schema.execute("INSERT INTO t VALUES (9, 'legacy/again')");
        application.commit();
        assertThat(applying.get()).isEqualTo(RecordTotals.NONE.withMigrated(2).withChanged(1));
        assertThat(schema.column("SELECT image FROM t ORDER BY id"))
                .containsExactlyInAnyOrder("new/a", "new/b", "legacy/late", "legacy/again");
    }

    @Test
    void aRowThatStaysLockedMakesTheCatalogUnavailableAndNothingIsHalfApplied() {
        assertThatThrownBy(() -> catalog.apply(batch)).isInstanceOf(Unavailable.class);
        nothingIsApplied();
        assertThat(catalog.catalog().lock().acquire(Duration.ZERO))
                .as("the lock is still ours")
                .isTrue();
    }

    @Test
    void aKilledConnectionUndoesTheUpdateAndFreesTheLock() throws Exception {
        Future<RecordTotals> applying = waitsForRowOne(() -> catalog.apply(batch));
        schema.execute("KILL "
                + schema.value("SELECT trx_mysql_thread_id FROM information_schema.INNODB_TRX"
                        + " WHERE trx_state = 'LOCK WAIT'"));
        assertThatThrownBy(applying::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(Unavailable.class);
        nothingIsApplied();
        try (MariaDbCatalog another = schema.migration().catalog()) {
            ReferenceUpdate theirs = another.inspect().table().orElseThrow().update();
            assertThat(another.lock().acquire(RELEASE)).as("the lock is free").isTrue();
            assertThat(catalog.catalog().lock().acquire(Duration.ZERO))
                    .as("and is one")
                    .isFalse();
            application.commit();
            RecordTotals result = RecordTotals.NONE.withMigrated(2).withDeleted(1);
            assertThat(theirs.apply(batch.id(), batch.size()).totals()).isEqualTo(result);
        }
        assertThat(catalog.catalog().lock().acquire(RELEASE)).isTrue();
    }

    @Test
    void aSessionWithoutTheLockAppliesNothing() throws SQLException {
        application.commit();
        try (MariaDbCatalog another = schema.migration().catalog()) {
            ReferenceUpdate theirs = another.inspect().table().orElseThrow().update();
            assertThatThrownBy(() -> theirs.apply(batch.id(), batch.size())).isInstanceOf(Unavailable.class);
            assertThat(another.lock().acquire(Duration.ZERO)).isFalse();
            assertThatThrownBy(() -> theirs.apply(batch.id(), batch.size())).isInstanceOf(Unavailable.class);
        }
        nothingIsApplied();
    }

    /** Applies the batch; while row 1 is locked, the update gives up every two seconds. */
    private RecordTotals applied() {
        while (true) {
            try {
                return catalog.apply(batch);
            } catch (Unavailable locked) {
                assertThat(locked).hasMessageContaining("Lock wait timeout");
            }
        }
    }

    private Future<RecordTotals> waitsForRowOne(Callable<RecordTotals> apply) {
        Future<RecordTotals> applying = other.submit(apply);
        Eventually.holds(
                "the update waits for the row's lock",
                () -> !schema.rows("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_current_waits'")
                        .get(0)
                        .get(1)
                        .equals("0"));
        return applying;
    }

    private void nothingIsApplied() {
        assertThat(schema.column("SELECT image FROM t ORDER BY id")).containsExactly("legacy/a", "legacy/b");
        assertThat(schema.column("SELECT DISTINCT outcome FROM rehome_map")).containsExactly("COPIED");
        assertThat(schema.column("SELECT * FROM rehome_map_batch")).isEmpty();
    }
}
