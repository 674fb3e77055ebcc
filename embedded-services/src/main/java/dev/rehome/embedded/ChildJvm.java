package dev.rehome.embedded;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/** Parts of the command line of a program written in Java that this JVM starts. */
public final class ChildJvm {
    private ChildJvm() {}

    /** The {@code java} of the JDK that runs this JVM. */
    public static Path program() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The option of this JVM that limits compilation, if any: in short tests, full optimization costs more than it saves. */
    static List<String> compilation() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:TieredStopAtLevel="))
                .toList();
    }
}
