package dev.rehome.common.queue;

import dev.rehome.common.batch.RowKey;
import java.util.Optional;

/**
 * How far the scan has come, as the queue remembers it.
 *
 * @param pass the number of the pass, from 1; 0 when the queue remembers none
 * @param position the key behind which the scan goes on; empty at the start of a pass
 * @param published how many batches the pass has published
 */
public record ScanState(long pass, Optional<RowKey> position, long published) {}
