package dev.rehome.emulation.migration;

import dev.rehome.emulation.process.MigrationProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs programs in the tests' JVM, and those that a test kills or freezes in processes with archived classes.
 *
 * <p>Variables that a library reads from the JVM's own environment can't differ between the programs of one JVM. A program
 * that needs another format of its log, or other settings of the AWS SDK than those of the servers, is a process too. S3's
 * endpoint may differ, because the programs pass it to the SDK themselves, and that of ECS between tests: each program that
 * starts makes its own the JVM's, and those of a test have the same.
 */
record TestPrograms(Servers servers, ClassDataArchives archives) implements Programs {
    private static final Set<String> OF_THE_JVM = Set.of("LOG_FORMAT", "LOG_LEVEL", "JDK_JAVA_OPTIONS");
    private static final Set<String> OF_A_TEST = Set.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_ECS");

    @Override
    public List<String> command(String program) {
        return archives.command(program);
    }

    @Override
    public MigrationProgram start(ProgramStart start, Path log) {
        return isEmbeddable(start.environment()) ? new EmbeddedProgram(start, log) : process(start, log);
    }

    private boolean isEmbeddable(Map<String, String> environment) {
        Map<String, String> ofServers = MigrationEnvironment.ofAwsSdk(servers);
        return environment.entrySet().stream()
                .noneMatch(variable -> OF_THE_JVM.contains(variable.getKey())
                        || (variable.getKey().startsWith("AWS_")
                                && !OF_A_TEST.contains(variable.getKey())
                                && !variable.getValue().equals(ofServers.get(variable.getKey()))));
    }
}
