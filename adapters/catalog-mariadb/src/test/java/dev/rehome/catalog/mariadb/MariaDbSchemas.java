package dev.rehome.catalog.mariadb;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a fresh {@link AppSchema} on one MariaDB that all tests of this JVM share. */
final class MariaDbSchemas implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(MariaDbSchemas.class);

    private final AtomicInteger schemas = new AtomicInteger();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == AppSchema.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // JUnit closes the server after the last test.
        MariaDbServer server = context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(MariaDbServer.class, any -> MariaDbServer.start(), MariaDbServer.class);
        String name = "app_" + context.getRequiredTestClass().getSimpleName() + "_" + schemas.incrementAndGet();
        AppSchema schema = new AppSchema(server, name);
        context.getStore(OURS).put(name, schema);
        return schema;
    }
}
