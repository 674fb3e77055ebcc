package dev.rehome.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds a port for a server that is stopped and started again. */
public final class FreePort {
    // Below the range that Linux gives to outgoing connections (32768 and up): otherwise a connection of the test
    // itself may occupy the port when a killed server starts again.
    private static final int LOWEST = 20_000;
    private static final int END = 32_000;
    private static final int ATTEMPTS = 200;

    private FreePort() {}

    /**
     * A port of 127.0.0.1 that nothing listens on now.
     *
     * @throws ServerFailedException when none is found
     */
    public static int find() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new ServerFailedException("no free port between " + LOWEST + " and " + END);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
