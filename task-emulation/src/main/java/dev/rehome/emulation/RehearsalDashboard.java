package dev.rehome.emulation;

import dev.rehome.emulation.migration.EmulatedMigration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** The producer's dashboard during a rehearsal. */
final class RehearsalDashboard {
    private static final int COPIES_PER_SECOND = 50;

    private RehearsalDashboard() {}

    /**
     * Lets the migration's producer serve its dashboard on a free port of the loopback. The copies are limited, so that there
     * is time to look; the limit can be changed on the page.
     *
     * @return where it is, in words
     */
    static String open(EmulatedMigration migration) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        migration.withProducers(Map.of("HTTP_PORT", Integer.toString(port)));
        migration.with("MAX_COPIES_PER_SECOND", COPIES_PER_SECOND);
        return "Dashboard: http://127.0.0.1:" + port + "/ (once the producer has started; at most " + COPIES_PER_SECOND
                + " copies per second, change MAX_COPIES_PER_SECOND there)";
    }
}
