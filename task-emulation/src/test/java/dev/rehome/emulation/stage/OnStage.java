package dev.rehome.emulation.stage;

import java.io.IOException;
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

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == MigrationStage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Servers servers = test.getRoot().getStore(SPACE).computeIfAbsent(Servers.class, key -> start(), Servers.class);
        String name = test.getRequiredTestClass().getSimpleName() + "-"
                + test.getRequiredTestMethod().getName() + "-"
                + test.getUniqueId().replaceAll(".*#(\\d+)\\]$|.*", "$1");
        return test.getStore(SPACE)
                .computeIfAbsent(MigrationStage.class, key -> open(servers, name), MigrationStage.class);
    }

    private static Servers start() {
        try {
            Servers servers = new Servers(directory());
            try (MigrationStage first =
                    new MigrationStage(servers, servers.classes().directory())) {
                servers.classes().make(first);
            }
            return servers;
        } catch (IOException | SQLException failure) {
            throw new ParameterResolutionException("the servers don't start", failure);
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
