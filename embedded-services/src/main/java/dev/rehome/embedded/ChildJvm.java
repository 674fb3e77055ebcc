package dev.rehome.embedded;

import java.nio.file.Path;

/** What servers written in Java have in common. */
final class ChildJvm {
    private ChildJvm() {}

    /** The program java of the JDK that runs us. */
    static Path program() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** An argument without effect, by which the process is recognised as the server of that directory. */
    static String mark(ServerDirectory directory) {
        return "-Drehome.embedded.directory=" + directory.root() + "/";
    }
}
