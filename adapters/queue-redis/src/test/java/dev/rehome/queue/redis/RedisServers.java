package dev.rehome.queue.redis;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one Redis that all of this JVM share; each takes a migration's name of its own. */
final class RedisServers implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(RedisServers.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RedisServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // JUnit closes the server with its session. With several JVMs each class is a launch of its own, so the store
        // of the launch would start a server for each class.
        return context.getStore(StoreScope.LAUNCHER_SESSION, OURS)
                .computeIfAbsent(RedisServer.class, any -> RedisServer.start(), RedisServer.class);
    }
}
