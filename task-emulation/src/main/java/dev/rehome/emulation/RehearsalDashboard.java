package dev.rehome.emulation;

import dev.rehome.embedded.FreePort;
import dev.rehome.emulation.migration.EmulatedMigration;
import java.util.Map;

/** The producer's dashboard during a rehearsal. */
final class RehearsalDashboard {
    private static final int COPIES_PER_SECOND = 50;
    /** Small enough that something happens on the page every second. */
    private static final int BATCH_SIZE = 50;

    private RehearsalDashboard() {}

    /**
     * Makes the migration's producer serve its dashboard on a free port of the loopback. Limits the copies, so that there is
     * time to watch; the limit can be changed on the page.
     *
     * @param batchSize the most records in a batch
     * @return the address and the limit, as lines for the user
     */
    static String open(EmulatedMigration migration, int batchSize) {
        int port = FreePort.find();
        migration.withProducers(Map.of("HTTP_PORT", Integer.toString(port)));
        migration.with("MAX_COPIES_PER_SECOND", COPIES_PER_SECOND);
        migration.with("BATCH_SIZE", Math.min(batchSize, BATCH_SIZE));
        return "Dashboard: http://127.0.0.1:" + port + "/ once the migration starts" + System.lineSeparator()
                + "  limited to " + COPIES_PER_SECOND + " copies per second; change MAX_COPIES_PER_SECOND on the page";
    }
}
