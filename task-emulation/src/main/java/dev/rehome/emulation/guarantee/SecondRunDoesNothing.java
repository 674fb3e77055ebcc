package dev.rehome.emulation.guarantee;

import dev.rehome.emulation.application.CatalogRows;
import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.migration.EmulatedMigration;
import dev.rehome.emulation.process.Await;
import dev.rehome.emulation.process.MigrationProgram;
import dev.rehome.emulation.verification.StoredObjects;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** Another run copies nothing, updates no row, and ends with the exit code of the first. */
record SecondRunDoesNothing(EmulatedMigration migration, CommittedUpdates updates, int exitCode, Duration atMost)
        implements Guarantee {
    @Override
    public String property() {
        return "a second run changed nothing and ended like the first, with exit code " + exitCode;
    }

    @Override
    public void judge(Verdict verdict) throws SQLException {
        Map<Long, WrittenRow> rows = CatalogRows.of(migration);
        int committed = updates.all().size();
        Map<String, String> objects = StoredObjects.of(migration.s3(), migration.target());
        MigrationProgram producer = migration.producer();
        // The second run tries failed records again, which needs a consumer.
        MigrationProgram consumer = exitCode == 0 ? null : migration.consumer();
        int code = producer.exitCode(atMost);
        if (consumer != null && consumer.exitCode(Await.STEP) != 0) {
            verdict.breach("the consumer of the second run ended with exit code " + consumer.exitCode());
        }
        if (code != exitCode) {
            verdict.breach("the second run ended with exit code " + code + ", the first with " + exitCode + "\n"
                    + producer.tail());
        }
        if (!CatalogRows.of(migration).equals(rows)) {
            verdict.breach("the second run changed rows");
        }
        int more = updates.all().size() - committed;
        if (more != 0) {
            verdict.breach("the second run committed " + more + " updates, expected none");
        }
        if (!StoredObjects.of(migration.s3(), migration.target()).equals(objects)) {
            verdict.breach("the second run wrote objects");
        }
    }
}
