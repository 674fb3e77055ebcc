package dev.rehome.common.http;

/** Responds to requests; may block for as long as the queue or the database does. Safe for use by any thread. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * The response to a request.
     *
     * @throws dev.rehome.common.Unavailable when the queue or the database can't be reached; the client gets a 503
     */
    HttpResponse respond(HttpRequest request);
}
