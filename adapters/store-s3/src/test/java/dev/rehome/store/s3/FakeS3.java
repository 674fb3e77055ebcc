package dev.rehome.store.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rehome.store.s3.ReceivedRequest.Operation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server that behaves like S3 except for injected faults, and keeps a journal of the requests that it received. Listens
 * on loopback, on a free port.
 */
final class FakeS3 implements AutoCloseable {
    private static final int THREADS = 8;

    static {
        // The JDK's server writes head and body apart, and without this the second waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final FakeObjects objects = new FakeObjects();
    private final List<ReceivedRequest> journal = new CopyOnWriteArrayList<>();
    private final Map<Operation, Deque<FakeResponse>> script = new ConcurrentHashMap<>();
    private final Map<Operation, FakeResponse> rule = new ConcurrentHashMap<>();
    private final Map<Operation, Runnable> before = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;

    FakeS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Its objects. */
    FakeObjects objects() {
        return objects;
    }

    /** The next requests of this kind get these responses, one after the other. */
    void next(Operation operation, FakeResponse... answers) {
        script.computeIfAbsent(operation, none -> new ArrayDeque<>()).addAll(List.of(answers));
    }

    /** All requests of this kind get this response, until {@link #behave}. */
    void always(Operation operation, FakeResponse answer) {
        rule.put(operation, answer);
    }

    /** Runs something before each request of this kind is handled. */
    void before(Operation operation, Runnable event) {
        before.put(operation, event);
    }

    /** Requests of this kind wait until the gate is opened. */
    Gate hold(Operation operation) {
        Gate gate = new Gate();
        before(operation, gate::pass);
        return gate;
    }

    /** Where requests wait; for at most ten seconds, so that a test that fails ends too. */
    static final class Gate {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        private void pass() {
            arrived.countDown();
            awaited(open);
        }

        /** Waits until a request waits here. */
        void awaitRequest() {
            if (!awaited(arrived)) {
                throw new AssertionError("no request came");
            }
        }

        void open() {
            open.countDown();
        }

        private static boolean awaited(CountDownLatch latch) {
            try {
                return latch.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** Removes all faults. */
    void behave() {
        script.clear();
        rule.clear();
        before.clear();
    }

    /** The requests so far. */
    List<ReceivedRequest> journal() {
        return List.copyOf(journal);
    }

    /** The kinds of the requests so far. */
    List<Operation> operations() {
        return journal.stream().map(ReceivedRequest::operation).toList();
    }

    /** How many requests of this kind came. */
    long count(Operation operation) {
        return operations().stream().filter(operation::equals).count();
    }

    void forget() {
        journal.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        ReceivedRequest request = ReceivedRequest.of(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        journal.add(request);
        before.getOrDefault(request.operation(), () -> {}).run();
        Map<String, String> headers = new HashMap<>();
        FakeResponse fault = fault(request.operation());
        FakeResponse truth = fault == null || fault.afterEffect() ? objects.apply(request, headers) : fault;
        FakeResponse said = fault == null ? truth : fault;
        if (said.status() == 0) {
            exchange.close();
            return;
        }
        byte[] body = said.body().getBytes(StandardCharsets.UTF_8);
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(said.status(), body.length == 0 || isHead(request) ? -1 : body.length);
        if (!isHead(request)) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static boolean isHead(ReceivedRequest request) {
        return request.operation() == Operation.HEAD;
    }

    private synchronized FakeResponse fault(Operation operation) {
        Deque<FakeResponse> scripted = script.get(operation);
        return scripted != null && !scripted.isEmpty() ? scripted.poll() : rule.get(operation);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
