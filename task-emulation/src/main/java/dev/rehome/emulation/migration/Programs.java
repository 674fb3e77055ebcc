package dev.rehome.emulation.migration;

import java.nio.file.Path;
import java.util.List;

/** The commands that start the producer and the consumer. */
@FunctionalInterface
public interface Programs {
    /** The command of a program ({@code producer} or {@code consumer}) without its arguments. */
    List<String> command(String program);

    /** The command that runs a program's jar, which its image contains, in the project's folder. */
    static List<String> jar(Path home, String program) {
        return List.of(
                java(),
                "-jar",
                home.resolve(program + "/target/app/" + program + ".jar").toString());
    }

    /** The {@code java} of this JVM. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
