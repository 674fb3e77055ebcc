package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.process.HealthEndpoint.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {
    private final AtomicReference<Health> state = new AtomicReference<>(new Health(true, "copying, caf\u00e9"));

    @Test
    void itTellsWhatTheProcessSaysOfItself() throws IOException {
        HttpSettings settings = new HttpSettings(freePort(), "127.0.0.1");
        try (HealthEndpoint endpoint = new HealthEndpoint(settings, state::get)) {
            assertThat(HealthEndpoint.ask(settings).healthy())
                    .as("not started yet")
                    .isFalse();
            endpoint.start();
            assertThat(HealthEndpoint.ask(settings)).isEqualTo(state.get());
            state.set(new Health(false, "stuck"));
            assertThat(HealthEndpoint.ask(settings)).isEqualTo(state.get());
            assertThatThrownBy(() -> new HealthEndpoint(settings, state::get).start())
                    .isInstanceOf(IOException.class);
        }
        assertThat(HealthEndpoint.ask(settings).text()).startsWith("No answer from");
    }

    @Test
    void aFailingSupplierIsNoHealth() throws IOException {
        HttpSettings settings = new HttpSettings(freePort(), "127.0.0.1");
        try (HealthEndpoint endpoint = new HealthEndpoint(settings, () -> {
            throw new IllegalStateException("broken");
        })) {
            endpoint.start();
            assertThat(HealthEndpoint.ask(settings).healthy()).isFalse();
        }
    }

    @Test
    void withoutAPortItDoesNothing() throws IOException {
        try (HealthEndpoint endpoint = new HealthEndpoint(new HttpSettings(0, "127.0.0.1"), state::get)) {
            endpoint.start();
        }
    }

    @Test
    void anAddressOfSixthVersionIsAskedAsWell() throws IOException {
        HttpSettings settings = new HttpSettings(freePort(), "::1");
        assertThat(HealthEndpoint.ask(settings).healthy()).isFalse();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
