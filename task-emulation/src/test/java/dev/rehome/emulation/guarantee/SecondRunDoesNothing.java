package dev.rehome.emulation.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rehome.emulation.application.WrittenRow;
import dev.rehome.emulation.stage.CatalogRows;
import dev.rehome.emulation.stage.MigrationProcess;
import dev.rehome.emulation.stage.MigrationStage;
import dev.rehome.emulation.stage.Patience;
import dev.rehome.emulation.verification.StoredObjects;
import dev.rehome.emulation.verification.Verdict;
import java.sql.SQLException;
import java.util.Map;

/** L2: another run copies nothing, updates no row, and ends with the exit code of the first. */
record SecondRunDoesNothing(MigrationStage stage, CommittedUpdates updates, int exitCode) implements Guarantee {
    @Override
    public void judge(Verdict verdict) throws SQLException {
        Map<Long, WrittenRow> rows = CatalogRows.of(stage);
        int committed = updates.all().size();
        Map<String, String> objects = StoredObjects.of(stage.s3(), stage.target());
        MigrationProcess producer = stage.producer();
        // Records that failed are tried once more, and that takes a consumer.
        MigrationProcess consumer = exitCode == 0 ? null : stage.consumer();
        int code = producer.exitCode(Patience.RUN);
        if (consumer != null) {
            assertThat(consumer.exitCode(Patience.STEP)).isZero();
        }
        if (code != exitCode) {
            verdict.breach(
                    "the second run ended with " + code + ", the first with " + exitCode + "\n" + producer.tail());
        }
        if (!CatalogRows.of(stage).equals(rows)) {
            verdict.breach("the second run changed rows");
        }
        int more = updates.all().size() - committed;
        if (more != 0) {
            verdict.breach("the second run committed " + more + " updates");
        }
        if (!StoredObjects.of(stage.s3(), stage.target()).equals(objects)) {
            verdict.breach("the second run wrote objects");
        }
    }
}
