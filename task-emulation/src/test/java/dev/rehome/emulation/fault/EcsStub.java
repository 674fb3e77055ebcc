package dev.rehome.emulation.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rehome.emulation.migration.EmulatedMigration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ECS as far as a migration needs it: DescribeServices and UpdateService of the JSON protocol, with failures on command.
 * Services reach their desired count at once.
 */
public final class EcsStub implements AutoCloseable {
    /**
     * One UpdateService.
     *
     * @param operation UpdateService
     * @param cluster the cluster of the request
     * @param service the service of the request
     * @param desiredCount the count of the request
     * @param runState what the migration's ledger said at that moment
     * @param refusal the error of the response; empty for none
     */
    public record Call(
            String operation, String cluster, String service, int desiredCount, String runState, String refusal) {}

    private static final Pattern TEXT = Pattern.compile("\"(cluster|service)\"\\s*:\\s*\"([^\"]*)\"");
    private static final Pattern SERVICES = Pattern.compile("\"services\"\\s*:\\s*\\[\\s*\"([^\"]*)\"");
    private static final Pattern COUNT = Pattern.compile("\"desiredCount\"\\s*:\\s*(-?\\d+)");

    private final HttpServer server;
    private final Supplier<String> runState;
    private final Deque<String> refusals = new ArrayDeque<>();
    private String denied = "";
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> services = new HashMap<>(Map.of("consumers", 1, "producer", 1));

    /** Starts it; {@code runState} is asked at each call. */
    public EcsStub(Supplier<String> runState) {
        this.runState = runState;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        server.createContext("/", this::respond);
        server.start();
    }

    /** A stub whose cluster runs a migration's processes as the services {@code producer} and {@code consumers}. */
    public static EcsStub running(EmulatedMigration migration) {
        EcsStub ecs = new EcsStub(migration::runState);
        migration
                .with("AWS_ENDPOINT_URL_ECS", ecs.endpoint())
                .with("CLUSTER_NAME", "rehearsal")
                .with("CONSUMER_SERVICE_NAME", "consumers")
                .with("PRODUCER_SERVICE_NAME", "producer");
        return ecs;
    }

    /** The migration's next processes run outside the cluster: their last producer doesn't wait for SIGTERM. */
    public static void leave(EmulatedMigration migration) {
        migration.with("CLUSTER_NAME", "").with("CONSUMER_SERVICE_NAME", "").with("PRODUCER_SERVICE_NAME", "");
    }

    /** What AWS_ENDPOINT_URL_ECS is set to. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next calls are refused with these errors, one each. */
    public synchronized void refuse(String... errors) {
        refusals.addAll(List.of(errors));
    }

    /** Every call for this service is denied until {@link #refuseNone}. */
    public synchronized void refuseAlways(String service) {
        denied = service;
    }

    /** The desired count of a service. */
    public synchronized int desired(String service) {
        return services.get(service);
    }

    /** Somebody sets the desired count of a service, as an apply does. */
    public synchronized void set(String service, int desired) {
        services.put(service, desired);
    }

    /** All calls succeed from now on. */
    public synchronized void refuseNone() {
        denied = "";
        refusals.clear();
    }

    private String refusal(String service) {
        return service.equals(denied) ? "AccessDeniedException" : refusals.isEmpty() ? "" : refusals.poll();
    }

    /** The calls so far. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    private synchronized void respond(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        boolean update = target.endsWith(".UpdateService");
        String refusal = update ? update(body) : "";
        String json = refusal.isEmpty()
                ? update ? "{\"service\":" + service(text(body, "service")) + "}" : described(body)
                : "{\"__type\":\"" + refusal + "\",\"message\":\"scripted by the test\"}";
        byte[] response = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(refusal.isEmpty() ? 200 : 400, response.length);
        exchange.getResponseBody().write(response);
        exchange.close();
    }

    private String update(String body) {
        String service = text(body, "service");
        String refusal = refusal(service);
        if (refusal.isEmpty() && !services.containsKey(service)) {
            refusal = "ServiceNotFoundException";
        }
        calls.add(new Call("UpdateService", text(body, "cluster"), service, count(body), runState.get(), refusal));
        if (refusal.isEmpty()) {
            services.put(service, count(body));
        }
        return refusal;
    }

    private String described(String body) {
        Matcher found = SERVICES.matcher(body);
        String name = found.find() ? found.group(1) : "";
        return services.containsKey(name)
                ? "{\"services\":[" + service(name) + "],\"failures\":[]}"
                : "{\"services\":[],\"failures\":[{\"reason\":\"MISSING\"}]}";
    }

    private String service(String name) {
        int tasks = services.get(name);
        return "{\"serviceName\":\"" + name + "\",\"status\":\"ACTIVE\",\"desiredCount\":" + tasks
                + ",\"runningCount\":" + tasks + ",\"deployments\":[{\"status\":\"PRIMARY\"}]}";
    }

    private static String text(String body, String name) {
        Matcher found = TEXT.matcher(body);
        while (found.find()) {
            if (found.group(1).equals(name)) {
                return found.group(2);
            }
        }
        return "";
    }

    private static int count(String body) {
        Matcher found = COUNT.matcher(body);
        return found.find() ? Integer.parseInt(found.group(1)) : -1;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
