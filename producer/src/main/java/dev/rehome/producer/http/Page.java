package dev.rehome.producer.http;

import dev.rehome.common.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The static files of the dashboard. */
final class Page {
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    /** File and content type by path. */
    private static final Map<String, String[]> FILES = Map.of(
            "/", new String[] {"index.html", "text/html; charset=utf-8"},
            "/app.css", new String[] {"app.css", "text/css; charset=utf-8"},
            "/app.js", new String[] {"app.js", SCRIPT},
            "/view.js", new String[] {"view.js", SCRIPT},
            "/chart.js", new String[] {"chart.js", SCRIPT},
            "/server.js", new String[] {"server.js", SCRIPT},
            "/icon.svg", new String[] {"icon.svg", "image/svg+xml"});

    private Page() {}

    /** The paths of the files. */
    static Set<String> paths() {
        return FILES.keySet();
    }

    /** The file of a path; empty when there is none. */
    static Optional<HttpResponse> file(String path) {
        return Optional.ofNullable(FILES.get(path))
                .map(file -> new HttpResponse(200, file[1], read("/dashboard/" + file[0]), Map.of()));
    }

    private static String read(String resource) {
        try (InputStream in = Page.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The file " + resource + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
