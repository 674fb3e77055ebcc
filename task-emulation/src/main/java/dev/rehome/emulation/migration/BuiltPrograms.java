package dev.rehome.emulation.migration;

import dev.rehome.embedded.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The programs as the jars that their images contain.
 *
 * @param home the project's folder, with the built modules in it
 * @param debugged the program that waits for a debugger at its start, producer or consumer; empty for none
 */
public record BuiltPrograms(Path home, Optional<String> debugged) implements Programs {
    private static final String DEBUGGER =
            "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:5005";

    @Override
    public List<String> command(String program) {
        String java = ChildJvm.program().toString();
        String jar = home.resolve(program + "/target/app/" + program + ".jar").toString();
        return debugged.filter(program::equals).isPresent()
                ? List.of(java, DEBUGGER, "-jar", jar)
                : List.of(java, "-jar", jar);
    }
}
