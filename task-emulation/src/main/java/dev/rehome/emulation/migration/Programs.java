package dev.rehome.emulation.migration;

import java.nio.file.Path;
import java.util.List;

/** The commands that start the producer and the consumer. */
@FunctionalInterface
public interface Programs {
    /** The command of a program ({@code producer} or {@code consumer}) without its arguments. */
    List<String> command(String program);

    /** The {@code java} of this JVM. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
