package dev.rehome.common.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rehome.common.process.HealthEndpoint.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {
    private final AtomicReference<Health> state = new AtomicReference<>(new Health(true, "copying, caf\u00e9"));

    @Test
    void healthOfTheProcessIsReturned() throws IOException {
        HttpSettings settings = new HttpSettings(freePort(), "127.0.0.1");
        try (HealthEndpoint endpoint = new HealthEndpoint(settings, state::get)) {
            assertThat(HealthEndpoint.check(settings).healthy())
                    .as("not started yet")
                    .isFalse();
            endpoint.start();
            assertThat(HealthEndpoint.check(settings)).isEqualTo(state.get());
            state.set(new Health(false, "stuck"));
            assertThat(HealthEndpoint.check(settings)).isEqualTo(state.get());
            assertThatThrownBy(() -> new HealthEndpoint(settings, state::get).start())
                    .isInstanceOf(IOException.class);
        }
        assertThat(HealthEndpoint.check(settings).text()).startsWith("No response from");
    }

    @Test
    void failingSupplierIsUnhealthy() throws IOException {
        HttpSettings settings = new HttpSettings(freePort(), "127.0.0.1");
        try (HealthEndpoint endpoint = new HealthEndpoint(settings, () -> {
            throw new IllegalStateException("broken");
        })) {
            endpoint.start();
            assertThat(HealthEndpoint.check(settings).healthy()).isFalse();
        }
    }

    @Test
    void withoutAPortNothingListens() throws IOException {
        try (HealthEndpoint endpoint = new HealthEndpoint(new HttpSettings(0, "127.0.0.1"), state::get)) {
            endpoint.start();
        }
    }

    @Test
    void ipv6AddressCanBeChecked() throws IOException {
        HttpSettings settings = new HttpSettings(freePort(), "::1");
        assertThat(HealthEndpoint.check(settings).healthy()).isFalse();
    }

    @Test
    void clientsThatSendHalfARequestBlockNobody() throws IOException {
        HttpSettings settings = new HttpSettings(freePort(), "127.0.0.1");
        List<Socket> clients = new ArrayList<>();
        try (HealthEndpoint endpoint = new HealthEndpoint(settings, state::get)) {
            endpoint.start();
            for (int i = 0; i < 10; i++) {
                Socket client = new Socket(InetAddress.getLoopbackAddress(), settings.port());
                clients.add(client);
                client.getOutputStream().write('G');
            }
            assertThat(HealthEndpoint.check(settings)).isEqualTo(state.get());
            clients.get(0).setSoTimeout(15_000);
            assertThat(clients.get(0).getInputStream().read())
                    .as("the server drops them")
                    .isEqualTo(-1);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void checkWithoutAPortSaysWhatIsMissing() {
        HealthEndpoint.Health health = HealthEndpoint.check(new HttpSettings(0, "127.0.0.1"));
        assertThat(health.healthy()).isFalse();
        assertThat(health.text()).contains("HTTP_PORT");
    }
}
