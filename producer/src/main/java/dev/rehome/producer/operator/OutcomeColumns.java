package dev.rehome.producer.operator;

import dev.rehome.common.batch.RowKey;
import dev.rehome.common.catalog.RecordedOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The columns of the CSV files of outcomes, whose format docs/REPORT.md describes. A value that isn't valid text is written
 * as its bytes in hexadecimal digits, in a column of its own; its text is then empty.
 */
final class OutcomeColumns {
    /** The names, in order. */
    static final List<String> NAMES = List.of(
            "k1",
            "k2",
            "k3",
            "k4",
            "old_location",
            "old_location_hex",
            "new_location",
            "status",
            "code",
            "message",
            "attempts",
            "etag",
            "size",
            "recorded_at",
            "batch_id",
            "record_no");

    private OutcomeColumns() {}

    /** The cells of one outcome. */
    static List<String> cells(RecordedOutcome outcome) {
        List<String> cells = new ArrayList<>(outcome.rowKey().parts());
        cells.addAll(Collections.nCopies(RowKey.MAX_PARTS - cells.size(), ""));
        boolean isText = outcome.oldLocation().hex().isEmpty();
        cells.add(isText ? outcome.oldLocation().text() : "");
        cells.add(outcome.oldLocation().hex().orElse(""));
        cells.add(outcome.copy().map(RecordedOutcome.Copy::newLocation).orElse(""));
        cells.add(outcome.result().name());
        cells.add(outcome.failure().map(RecordedOutcome.Failure::code).orElse(""));
        cells.add(outcome.failure().map(RecordedOutcome.Failure::message).orElse(""));
        cells.add(Integer.toString(outcome.recording().attempts()));
        cells.add(outcome.copy().map(RecordedOutcome.Copy::proof).orElse(""));
        cells.add(outcome.copy()
                .filter(copy -> copy.size().isPresent())
                .map(copy -> Long.toString(copy.size().getAsLong()))
                .orElse(""));
        cells.add(outcome.recording().at().toString());
        cells.add(outcome.id().batch().toString());
        cells.add(Integer.toString(outcome.id().record()));
        return cells;
    }
}
