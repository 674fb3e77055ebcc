package dev.rehome.services.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rehome.common.Rejected;
import dev.rehome.common.Unavailable;
import dev.rehome.common.scaling.ServiceState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;

class EcsServicesTest {
    private HttpServer server;
    private EcsServices services;
    private volatile int status = 200;
    private volatile String answer = "{}";
    private volatile String request = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        server.createContext("/", this::respond);
        server.start();
        services = new EcsServices(
                "rehome",
                EcsServices.client(EcsClient.builder()
                        .region(Region.EU_CENTRAL_1)
                        .endpointOverride(URI.create(
                                "http://127.0.0.1:" + server.getAddress().getPort()))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))));
    }

    @AfterEach
    void stop() {
        services.close();
        server.stop(0);
    }

    @Test
    void activeServiceHasItsCounts() {
        answer = described("ACTIVE");

        assertThat(services.state("consumers")).contains(new ServiceState(3, 2, 1));
        assertThat(request).contains("DescribeServices", "\"cluster\":\"rehome\"", "\"services\":[\"consumers\"]");
    }

    @Test
    void missingServiceHasNoState() {
        answer = "{\"services\":[],\"failures\":[{\"reason\":\"MISSING\"}]}";

        assertThat(services.state("consumers")).isEmpty();
    }

    @Test
    void deletedServiceHasNoState() {
        answer = described("INACTIVE");
        assertThat(services.state("consumers")).isEmpty();

        answer = described("DRAINING");
        assertThat(services.state("consumers")).isEmpty();
    }

    @Test
    void scalingSendsClusterServiceAndCount() {
        services.scale("consumers", 0);

        assertThat(request)
                .contains("UpdateService", "\"cluster\":\"rehome\"", "\"service\":\"consumers\"", "\"desiredCount\":0");
    }

    @Test
    void missingClusterIsRejected() {
        fail("ClusterNotFoundException");

        assertThatThrownBy(() -> services.state("consumers"))
                .isInstanceOf(Rejected.class)
                .hasMessage("The ECS cluster rehome doesn't exist: check CLUSTER_NAME and AWS_REGION");
    }

    @Test
    void scalingAServiceThatDoesNotExistIsRejected() {
        for (String error : new String[] {"ServiceNotFoundException", "ServiceNotActiveException"}) {
            fail(error);

            assertThatThrownBy(() -> services.scale("consumers", 0))
                    .isInstanceOf(Rejected.class)
                    .hasMessage("The ECS cluster rehome has no active service consumers");
        }
    }

    @Test
    void deniedCallNamesTheMissingRight() {
        fail("AccessDeniedException");

        assertThatThrownBy(() -> services.scale("consumers", 0))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("Grant the task role ecs:UpdateService");
        assertThatThrownBy(() -> services.state("consumers"))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("Grant the task role ecs:DescribeServices");
    }

    private void fail(String error) {
        status = 400;
        answer = "{\"__type\":\"" + error + "\",\"message\":\"scripted\"}";
    }

    private static String described(String state) {
        return "{\"services\":[{\"status\":\"" + state
                + "\",\"desiredCount\":3,\"runningCount\":2,\"deployments\":[{\"status\":\"PRIMARY\"}]}]}";
    }

    private void respond(HttpExchange exchange) throws IOException {
        request = exchange.getRequestHeaders().getFirst("X-Amz-Target")
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
