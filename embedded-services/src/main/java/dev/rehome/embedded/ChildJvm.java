package dev.rehome.embedded;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/** What servers written in Java have in common. */
final class ChildJvm {
    private ChildJvm() {}

    /** The program java of the JDK that runs us. */
    static Path program() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The tiered compilation level that this JVM was given: in short tests the best code costs more time than it saves. */
    static List<String> compilation() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:TieredStopAtLevel="))
                .toList();
    }
}
