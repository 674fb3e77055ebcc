package dev.rehome.common;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * A server in a container of this machine's Docker, reachable on 127.0.0.1 only. It keeps its port and its data over
 * {@link #kill} and {@link #restart}. Only the Maven profile {@code containers} asks for one.
 */
public final class ContainerServer implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    // Below the range of outgoing connections: one of ours might sit on the port when a killed server wants it back.
    private static final int LOWEST_PORT = 20_000;
    private static final int END_OF_PORTS = 32_000;

    private final GenericContainer<?> container;
    private final Probe probe;
    private final int port = freePort();

    /**
     * Starts a server; returns when it responds.
     *
     * @param inside the port that the server listens on in its container
     */
    public ContainerServer(String image, int inside, Map<String, String> environment, Probe probe, String... command) {
        this.probe = probe;
        this.container = new GenericContainer<>(image)
                .withEnv(environment)
                .withCommand(command)
                .waitingFor(new UntilReady());
        container.setPortBindings(List.of("127.0.0.1:" + port + ":" + inside));
        container.start();
    }

    /** Whether this build asks for containers. */
    public static boolean wanted() {
        return Boolean.getBoolean("rehome.test.containers");
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Ends the process at once (SIGKILL) and waits until it is gone. */
    public void kill() {
        docker().killContainerCmd(id()).exec();
        docker().waitContainerCmd(id()).exec(new WaitContainerResultCallback()).awaitStatusCode();
    }

    /** Stops the process in an orderly way if it runs, and starts it. Returns when it responds. */
    public void restart() {
        docker().restartContainerCmd(id()).exec();
        awaitReady();
    }

    /** Freezes the process: connections stay open and nothing responds. */
    public void freeze() {
        docker().pauseContainerCmd(id()).exec();
    }

    /** Resumes a frozen process. */
    public void thaw() {
        docker().unpauseContainerCmd(id()).exec();
    }

    @Override
    public void close() {
        container.stop();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }

    private String id() {
        return container.getContainerId();
    }

    private void awaitReady() {
        try {
            Eventually.holds("the container's server responds", LONGEST_START, () -> {
                probe.request(port);
                return true;
            });
        } catch (AssertionError down) {
            throw new IllegalStateException("The container has logged: " + container.getLogs(), down);
        }
    }

    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, END_OF_PORTS);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // Try another one.
            }
        }
    }

    /** A request that succeeds only when the server is ready. */
    @FunctionalInterface
    public interface Probe {
        /** Returns when the server on that port of 127.0.0.1 has responded; throws anything otherwise. */
        void request(int port) throws Exception;
    }

    private final class UntilReady extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            awaitReady();
        }
    }
}
