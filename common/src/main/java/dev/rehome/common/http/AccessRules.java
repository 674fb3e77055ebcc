package dev.rehome.common.http;

import dev.rehome.common.process.HttpSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which requests reach the handlers of a process, and adds the security headers to every response.
 *
 * <ul>
 *   <li>Anybody may ask whether the process is healthy, because container health checks and load balancers have no token.
 *       Only those who may read learn more than that.
 *   <li>Anybody may load the files of the page: they hold no data.
 *   <li>With a token, every other request must carry it. Without one the server listens on loopback only, and a request must
 *       name a loopback host: a page of another site can't reach it by a DNS name of its own that resolves to 127.0.0.1.
 *   <li>A browser's request must come from this server's own page or from the address bar: a page of another site can
 *       neither use up the event streams nor keep the database busy with requests whose responses it can't read.
 *   <li>A request that changes something must also be JSON and carry a header that no form can set. Read-only mode refuses
 *       every such request.
 * </ul>
 *
 * @param open the paths of the page's files
 */
public record AccessRules(HttpSettings settings, Set<String> open, HttpHandler next) implements HttpHandler {
    /** The header that a changing request must carry; its value doesn't matter. */
    public static final String HEADER = "x-rehome";

    private static final Set<String> HEALTH = Set.of("/health", "/healthz");
    private static final Map<String, String> SECURITY = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    public AccessRules {
        open = Set.copyOf(open);
    }

    @Override
    public HttpResponse respond(HttpRequest request) {
        return secured(refusal(request).orElseGet(() -> proceed(request)));
    }

    /** The same response with the security headers. */
    public static HttpResponse secured(HttpResponse response) {
        HttpResponse secured = response;
        for (Map.Entry<String, String> header : SECURITY.entrySet()) {
            secured = secured.with(header.getKey(), header.getValue());
        }
        return secured;
    }

    /** Whether a request asks for the health of the process, to which a handler responds without waiting for anything. */
    public static boolean isHealth(HttpRequest request) {
        return request.isRead() && HEALTH.contains(request.path());
    }

    private HttpResponse proceed(HttpRequest request) {
        HttpResponse response = next.respond(request);
        if (isHealth(request) && !mayRead(request)) {
            return HttpResponse.text(response.status(), response.status() == 200 ? "healthy" : "unhealthy");
        }
        return response;
    }

    /** Why a request is refused; empty when it may proceed. */
    public Optional<HttpResponse> refusal(HttpRequest request) {
        if (isHealth(request) || (request.isRead() && open.contains(request.path()))) {
            return Optional.empty();
        }
        if (!mayRead(request)) {
            return Optional.of(
                    settings.token().isPresent()
                            ? HttpResponse.text(
                                            401,
                                            "Expected the token that HTTP_TOKEN is set to, in the header 'Authorization:"
                                                    + " Bearer'")
                                    .with("WWW-Authenticate", "Bearer")
                            : HttpResponse.text(
                                    403,
                                    "Expected a loopback host such as 127.0.0.1 in the address; set HTTP_TOKEN to use"
                                            + " another one"));
        }
        if (!isSameOrigin(request)) {
            return Optional.of(HttpResponse.text(
                    403, "Expected a request of this server's own page or of a program, not of another site's page"));
        }
        return request.isRead() ? Optional.empty() : refusalOfChange(request);
    }

    private Optional<HttpResponse> refusalOfChange(HttpRequest request) {
        if (!request.method().equals("POST")) {
            return Optional.of(HttpResponse.text(405, "Expected GET or POST").with("Allow", "GET, HEAD, POST"));
        }
        if (settings.readOnly()) {
            return Optional.of(HttpResponse.text(403, "Read-only: HTTP_READ_ONLY is set on the server"));
        }
        if (request.header(HEADER).isEmpty()) {
            return Optional.of(HttpResponse.text(403, "Expected the header 'X-Rehome', whose value doesn't matter"));
        }
        String type = request.header("content-type").orElse("");
        if (!type.split(";", -1)[0].strip().equalsIgnoreCase("application/json")) {
            return Optional.of(HttpResponse.text(415, "Expected the content type application/json"));
        }
        return Optional.empty();
    }

    private boolean mayRead(HttpRequest request) {
        if (!settings.token().isPresent()) {
            return isLoopbackHost(request.header("host").orElse(""));
        }
        String given = request.header("authorization").orElse("");
        byte[] expected = ("Bearer " + settings.token().reveal()).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isLoopbackHost(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** Programs send neither header; a browser sends both with a request of a page. */
    private static boolean isSameOrigin(HttpRequest request) {
        String host = request.header("host").orElse("");
        boolean origin = request.header("origin")
                .map(from -> from.equals("http://" + host) || from.equals("https://" + host))
                .orElse(true);
        boolean site = request.header("sec-fetch-site")
                .map(from -> from.equals("same-origin") || from.equals("none"))
                .orElse(true);
        return origin && site;
    }
}
