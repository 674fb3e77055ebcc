package dev.rehome.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** The log of a server. */
final class ServerLog {
    private static final int TAIL_LINES = 25;

    private ServerLog() {}

    /** The last lines of the log, or why they cannot be read; for messages. */
    static String tail(ServerDirectory directory) {
        try {
            byte[] log = Files.readAllBytes(directory.log());
            List<String> lines = new String(log, StandardCharsets.UTF_8).lines().toList();
            List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
            return directory.log() + " ends with:\n" + String.join("\n", tail);
        } catch (IOException failure) {
            return directory.log() + " cannot be read: " + failure;
        }
    }
}
