package dev.rehome.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The redis.conf of one server. */
final class RedisConfiguration {
    private final RedisSettings settings;
    private final int port;
    private final ServerDirectory directory;

    RedisConfiguration(RedisSettings settings, int port, ServerDirectory directory) {
        this.settings = settings;
        this.port = port;
        this.directory = directory;
    }

    Path write() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("port " + port);
        lines.add("bind 127.0.0.1");
        lines.add("dir " + quoted(directory.data().toString()));
        lines.add("appendonly yes");
        lines.add("appendfsync everysec");
        lines.add("save \"\""); // the append-only file alone holds the data
        lines.add("maxmemory-policy noeviction");
        // Redis overwrites its command line; this way it still tells whose server it is.
        lines.add("proc-title-template \"{title} {config-file}\"");
        settings.password().ifPresent(password -> lines.add("requirepass " + quoted(password)));
        lines.addAll(settings.directives());
        Path file = directory.root().resolve("redis.conf");
        Secret.write(file, String.join("\n", lines) + "\n");
        return file;
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
