package dev.rehome.catalog.mariadb.sql;

import dev.rehome.common.catalog.PasswordSource;
import dev.rehome.common.catalog.ServerAddress;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Properties;

/** How MariaDB Connector/J is told to reach the primary and its replicas: user, password and TLS are the same. */
public record ConnectorProperties(CatalogSettings settings, PasswordSource password) {
    /** Longer than a replica's answer takes, shorter than a stop may take. */
    private static final Duration REPLICA_ANSWER = Duration.ofSeconds(2);

    public CatalogConnections primary(int pool) {
        return connections(new ServerAddress(settings.host(), OptionalInt.of(settings.port())), properties(), pool);
    }

    public CatalogConnections replica(ServerAddress address) {
        Properties properties = properties();
        properties.setProperty("connectTimeout", Long.toString(REPLICA_ANSWER.toMillis()));
        properties.setProperty("socketTimeout", Long.toString(REPLICA_ANSWER.toMillis()));
        return connections(
                new ServerAddress(address.host(), OptionalInt.of(address.port().orElse(settings.port()))),
                properties,
                1);
    }

    /** No schema in the address: every table is named with its own, and a schema's name may hold any character. */
    private CatalogConnections connections(ServerAddress address, Properties properties, int pool) {
        return new CatalogConnections("jdbc:mariadb://" + address + "/", settings.user(), password, properties, pool);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty(
                "sslMode",
                switch (settings.tls()) {
                    case DISABLE -> "disable";
                    case TRUST -> "trust";
                    case VERIFY_CA -> "verify-ca";
                    case VERIFY_FULL -> "verify-full";
                });
        settings.tlsCa().ifPresent(authority -> properties.setProperty("serverSslCert", authority));
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }
}
