package dev.rehome.emulation.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a {@link MigrationStage} of its own, on servers that the whole JVM shares. */
public final class OnStage implements ParameterResolver {
    private static final Namespace SPACE = Namespace.create(OnStage.class);
    /** Where tests run in several JVMs, each class is a launch of its own, and no store of JUnit's outlives a launch. */
    private static Servers shared;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == MigrationStage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Servers servers = servers();
        String name = test.getRequiredTestClass().getSimpleName() + "-"
                + test.getRequiredTestMethod().getName() + "-"
                + test.getUniqueId().replaceAll(".*#(\\d+)\\]$|.*", "$1");
        return test.getStore(SPACE)
                .computeIfAbsent(MigrationStage.class, key -> open(servers, name), MigrationStage.class);
    }

    private static synchronized Servers servers() {
        if (shared == null) {
            try {
                shared = started();
            } catch (IOException | SQLException failure) {
                throw new ParameterResolutionException("the servers don't start", failure);
            }
        }
        return shared;
    }

    /** When what comes after the start fails, they are ended: the next test starts others. */
    private static Servers started() throws IOException, SQLException {
        Servers started = new Servers(directory());
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(started), "closing the servers"));
            started.classes().make(started);
            return started;
        } catch (Throwable failure) {
            try {
                close(started);
            } catch (RuntimeException also) {
                failure.addSuppressed(also);
            }
            throw failure;
        }
    }

    private static void close(Servers servers) {
        try {
            servers.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static MigrationStage open(Servers servers, String name) {
        try {
            return new MigrationStage(servers, directory().resolve(name.toLowerCase(Locale.ROOT)));
        } catch (IOException | SQLException failure) {
            throw new ParameterResolutionException("no stage", failure);
        }
    }

    private static Path directory() {
        return Path.of(System.getProperty("rehome.test.directory"));
    }
}
