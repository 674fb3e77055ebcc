package dev.rehome.catalog.mariadb;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a fresh {@link AppSchema} on a MariaDB that all tests of this JVM share, but for {@link UnusualServer}. */
final class MariaDbSchemas implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(MariaDbSchemas.class);

    private final AtomicInteger schemas = new AtomicInteger();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == AppSchema.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean unusual = context.getRequiredTestClass().isAnnotationPresent(UnusualServer.Required.class);
        // JUnit closes the servers with its session. With several JVMs each class is a launch of its own, so the store
        // of the launch would start a server for each class.
        MariaDbServer server = context.getStore(StoreScope.LAUNCHER_SESSION, OURS)
                .computeIfAbsent(
                        unusual ? UnusualServer.class : MariaDbServer.class,
                        any -> unusual ? UnusualServer.start() : MariaDbServer.start(List.of()),
                        MariaDbServer.class);
        String name = "app_" + context.getRequiredTestClass().getSimpleName() + "_" + schemas.incrementAndGet();
        AppSchema schema = new AppSchema(server, name);
        context.getStore(OURS).put(name, schema);
        return schema;
    }
}
