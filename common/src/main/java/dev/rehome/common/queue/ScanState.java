package dev.rehome.common.queue;

import dev.rehome.common.batch.RowKey;
import java.util.Optional;

/**
 * The progress of the scan as the queue holds it.
 *
 * @param pass the number of the pass, from 1; 0 when the queue holds none
 * @param position the row key after which the scan continues; empty at the start of a pass
 * @param published how many batches the pass has published
 */
public record ScanState(long pass, Optional<RowKey> position, long published) {}
