package dev.rehome.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.rehome.common.catalog.ProducerCatalog;
import dev.rehome.common.process.ExitCode;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.settings.Secret;
import dev.rehome.producer.operator.DurableControl;
import dev.rehome.producer.webhook.WebhookSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which starts of a producer send which events of a run. */
class JobRunnerWebhookTest extends JobRunnerFixture {
    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(body.replaceFirst(".*\"event\":\"([a-z]+)\".*", "$1"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
        webhook = new WebhookSettings(Optional.of(url), new Secret("key"));
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    @Test
    void restartedProducerSendsNoSecondStart() {
        migration.withRows(8);
        consumer = claim -> {
            migration.copy(claim);
            signal.request();
        };
        assertThat(run()).isEqualTo(ExitCode.FAILED);
        assertThat(received).doesNotContain("ended");

        consumer = migration::copy;
        assertThat(run(migration.database.open(), new ShutdownSignal())).isEqualTo(ExitCode.COMPLETE);

        assertThat(received).containsExactly("started", "ended");
    }

    @Test
    void producerThatWaitsForTheLockAndIsRefusedSendsNothing() {
        migration.withRows(2);
        canary = OptionalInt.of(1);
        try (ProducerCatalog other = migration.database.open()) {
            assertThat(other.lock().acquire(Duration.ZERO)).isTrue();
            assertThat(run()).isEqualTo(ExitCode.REFUSED);
        }
        assertThat(received).isEmpty();
    }

    @Test
    void stoppedRunIsContinuedWithoutASecondStart() {
        migration.withRows(2);
        new DurableControl(migration.queue.operator(), migration.catalog.control()).stop("wrong bucket", "ann");
        assertThat(run()).isEqualTo(ExitCode.FAILED);
        assertThat(received).containsExactly("started", "ended");

        assertThat(run(migration.database.open(), new ShutdownSignal())).isEqualTo(ExitCode.COMPLETE);
        assertThat(received).containsExactly("started", "ended", "resumed", "ended");
    }
}
