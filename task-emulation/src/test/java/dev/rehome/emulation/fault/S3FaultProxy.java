package dev.rehome.emulation.fault;

import dev.rehome.emulation.migration.EmulatedMigration;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy in front of a migration's object store that responds to chosen requests with an S3 error instead of forwarding them.
 * For requests without a body, which copies and descriptions of objects are. Safe for use by any thread.
 */
public final class S3FaultProxy implements AutoCloseable {
    private static final Pattern REQUEST = Pattern.compile("([A-Z]+) (\\S+) HTTP/1\\.1\r\n");
    private static final Pattern COPY_SOURCE = Pattern.compile("(?i)\r\nx-amz-copy-source: *(\\S+)");

    private final TcpProxy proxy;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    /**
     * A request.
     *
     * @param method its HTTP method
     * @param path bucket and object key, decoded
     * @param conditional whether it may only create its object
     * @param source bucket and object key of the source of a copy, decoded; empty if the request doesn't copy
     */
    public record Request(String method, String path, boolean conditional, String source) {
        /** Whether it describes, reads or copies one of these objects. */
        public boolean concerns(Predicate<String> objectKey) {
            String location = source.isEmpty() ? path : source;
            return objectKey.test(location.substring(location.indexOf('/', 1) + 1));
        }
    }

    /** An error of S3: the status, the code and the message of the response. */
    public record S3Error(int status, String code, String message) {
        private String response(Request request, int number) {
            String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>"
                    + message + "</Message><RequestId>FAULT" + number + "</RequestId></Error>";
            return "HTTP/1.1 " + status + " Error\r\nContent-Type: application/xml\r\nx-amz-request-id: FAULT" + number
                    + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + (request.method().equals("HEAD") ? "" : body);
        }
    }

    /** Errors, which take turns, and the requests that they hit. */
    public static final class Fault {
        private final Predicate<Request> requests;
        private final List<S3Error> errors;
        private final int times;
        private final AtomicInteger hits = new AtomicInteger();
        private volatile boolean lifted;

        private Fault(Predicate<Request> requests, List<S3Error> errors, int times) {
            this.requests = requests;
            this.errors = errors;
            this.times = times;
        }

        private boolean hits(Request request) {
            return !lifted && requests.test(request) && hits.incrementAndGet() <= times;
        }

        private String response(Request request) {
            int number = hits.get();
            return errors.get(Math.floorMod(number, errors.size())).response(request, number);
        }

        /** How many requests it has hit. */
        public int injected() {
            return Math.min(hits.get(), times);
        }

        /** Hits no further request. */
        public void lift() {
            lifted = true;
        }
    }

    /** A proxy before the object store of a migration, whose processes started from now on use it. */
    public S3FaultProxy(EmulatedMigration migration) {
        this.proxy = Wire.store(migration);
        proxy.answer(this::responseTo);
        migration.with("AWS_ENDPOINT_URL_S3", Wire.storeAt(proxy).get("AWS_ENDPOINT_URL_S3"));
    }

    /** Fails such requests until the fault is lifted. */
    public Fault fail(Predicate<Request> requests, S3Error... errors) {
        return fail(Integer.MAX_VALUE, requests, errors);
    }

    /** Fails this many such requests. */
    public Fault fail(int times, Predicate<Request> requests, S3Error... errors) {
        Fault fault = new Fault(requests, List.of(errors), times);
        faults.add(fault);
        return fault;
    }

    private Optional<String> responseTo(String bytes) {
        Matcher line = REQUEST.matcher(bytes);
        if (!line.lookingAt()) {
            return Optional.empty();
        }
        Matcher source = COPY_SOURCE.matcher(bytes);
        Request request = new Request(
                line.group(1),
                decoded(line.group(2).replaceFirst("\\?.*", "")),
                bytes.toLowerCase(Locale.ROOT).contains("\r\nif-none-match: *"),
                source.find() ? slashed(source.group(1)) : "");
        return faults.stream().filter(fault -> fault.hits(request)).findFirst().map(fault -> fault.response(request));
    }

    private static String slashed(String source) {
        String decoded = decoded(source);
        return decoded.startsWith("/") ? decoded : "/" + decoded;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        proxy.close();
    }
}
