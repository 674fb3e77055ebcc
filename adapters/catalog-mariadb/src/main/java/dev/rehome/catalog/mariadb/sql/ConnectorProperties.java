package dev.rehome.catalog.mariadb.sql;

import dev.rehome.common.catalog.PasswordSource;
import dev.rehome.common.catalog.ServerAddress;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Properties;

/** The properties of MariaDB Connector/J. Primary and replicas share user, password and TLS. */
public record ConnectorProperties(MariaDbSettings settings, PasswordSource password) {
    /** A replica that is up responds sooner, and a stop must not wait longer. */
    private static final Duration REPLICA_TIMEOUT = Duration.ofSeconds(2);

    public CatalogConnections primary(int pool) {
        return connections(new ServerAddress(settings.host(), OptionalInt.of(settings.port())), properties(), pool);
    }

    public CatalogConnections replica(ServerAddress address) {
        Properties properties = properties();
        properties.setProperty("connectTimeout", Long.toString(REPLICA_TIMEOUT.toMillis()));
        properties.setProperty("socketTimeout", Long.toString(REPLICA_TIMEOUT.toMillis()));
        return connections(
                new ServerAddress(address.host(), OptionalInt.of(address.port().orElse(settings.port()))),
                properties,
                1);
    }

    /** The address has no schema: every statement names it, and its name may contain any character. */
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
