package dev.rehome.store.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rehome.store.s3.ScriptedRequest.Operation;
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
 * A server that behaves as S3 until it is told to misbehave, and writes down what it was asked: a witness that doesn't
 * depend on what the store says of itself. Listens on loopback, on a free port.
 */
final class ScriptedS3 implements AutoCloseable {
    private static final int THREADS = 8;

    static {
        // The JDK's server writes head and body apart, and without this the second waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ScriptedObjects objects = new ScriptedObjects();
    private final List<ScriptedRequest> journal = new CopyOnWriteArrayList<>();
    private final Map<Operation, Deque<ScriptedAnswer>> script = new ConcurrentHashMap<>();
    private final Map<Operation, ScriptedAnswer> rule = new ConcurrentHashMap<>();
    private final Map<Operation, Runnable> before = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;

    ScriptedS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What is in it. */
    ScriptedObjects objects() {
        return objects;
    }

    /** The next requests of this kind are answered so, one after the other. */
    void next(Operation operation, ScriptedAnswer... answers) {
        script.computeIfAbsent(operation, none -> new ArrayDeque<>()).addAll(List.of(answers));
    }

    /** All requests of this kind are answered so, until {@link #behave}. */
    void always(Operation operation, ScriptedAnswer answer) {
        rule.put(operation, answer);
    }

    /** Something happens before each request of this kind is looked at. */
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

    /** No faults any more. */
    void behave() {
        script.clear();
        rule.clear();
        before.clear();
    }

    /** The requests so far. */
    List<ScriptedRequest> journal() {
        return List.copyOf(journal);
    }

    /** The kinds of the requests so far. */
    List<Operation> operations() {
        return journal.stream().map(ScriptedRequest::operation).toList();
    }

    /** How many requests of this kind came. */
    long count(Operation operation) {
        return operations().stream().filter(operation::equals).count();
    }

    void forget() {
        journal.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        ScriptedRequest request = ScriptedRequest.of(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        journal.add(request);
        before.getOrDefault(request.operation(), () -> {}).run();
        Map<String, String> headers = new HashMap<>();
        ScriptedAnswer fault = fault(request.operation());
        ScriptedAnswer truth = fault == null || fault.afterEffect() ? objects.apply(request, headers) : fault;
        ScriptedAnswer said = fault == null ? truth : fault;
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

    private static boolean isHead(ScriptedRequest request) {
        return request.operation() == Operation.HEAD;
    }

    private synchronized ScriptedAnswer fault(Operation operation) {
        Deque<ScriptedAnswer> scripted = script.get(operation);
        return scripted != null && !scripted.isEmpty() ? scripted.poll() : rule.get(operation);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
