package dev.rehome.catalog.mariadb.sql;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Secret;
import dev.rehome.common.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The server, and the tables and the column of the migration.
 *
 * @param server how MariaDB is reached
 * @param catalog the table to be updated
 * @param column the column to be updated
 * @param mapping the mapping table
 * @param window rows per read of the scan
 */
public record MariaDbSettings(Server server, TableName catalog, String column, TableName mapping, int window) {
    /**
     * How MariaDB is reached.
     *
     * @param host host name of the primary
     * @param port TCP port, also of replicas whose address has none
     * @param user user name
     * @param password its password
     * @param tls the encryption of connections
     * @param tlsCa the certificate authority for the verifying modes: a file, or PEM text
     */
    public record Server(String host, int port, String user, Secret password, Tls tls, Optional<String> tlsCa) {}

    /** The encryption of connections; Connector/J's {@code sslMode}. */
    public enum Tls {
        /** No encryption. */
        DISABLE,
        /** Encryption without a check of the server's certificate. */
        TRUST,
        /** Encryption; the certificate is checked, but not its host name. */
        VERIFY_CA,
        /** Encryption; certificate and host name are checked. */
        VERIFY_FULL
    }

    private static final Setting<String> HOST =
            Setting.text("DATABASE_HOST", "Host of MariaDB, the primary.").required();
    private static final Setting<Integer> PORT =
            Setting.integer("DATABASE_PORT", "Port of MariaDB.", 1, 65_535).or(3306);
    private static final Setting<String> USER = Setting.text(
                    "DB_USER", "User with SELECT, CREATE, DROP, INSERT and UPDATE.")
            .required();
    private static final Setting<Secret> PASSWORD = Setting.secret(
                    "DB_PASSWORD", "Password of DB_USER; needed unless DB_SECRET_ARN is set.")
            .or(Secret.NONE);
    /** The processes read it themselves; this module has no AWS client. */
    private static final String SECRET_ARN = "DB_SECRET_ARN";

    private static final Setting<String> SCHEMA =
            Setting.text("DATABASE_NAME", "Schema of the table to be updated.").required();
    private static final Setting<String> TABLE =
            Setting.text("DATABASE_TABLE_TO_UPDATE", "The table to be updated.").required();
    private static final Setting<String> COLUMN = Setting.text(
                    "TABLE_COLUMN_NAME_TO_UPDATE", "The column that holds the object keys.")
            .required();
    private static final Setting<String> MAPPING = Setting.text(
                    "TEMP_TABLE_FOR_UPDATE",
                    "The mapping table; the producer creates it, and it remains until you drop it.")
            .required();
    private static final Setting<Optional<String>> MAPPING_SCHEMA = Setting.text(
                    "MAPPING_SCHEMA", "Schema of the mapping table; DATABASE_NAME when empty.")
            .optional();
    private static final Setting<Optional<Tls>> TLS = Setting.choice(
                    "DATABASE_TLS",
                    "TLS to MariaDB; verify-full when empty, but disable when DATABASE_HOST is the loopback.",
                    Tls.class)
            .optional();
    private static final Setting<Optional<String>> TLS_CA = Setting.text(
                    "DATABASE_TLS_CA",
                    "Certificate authority of MariaDB, a file or PEM text; the JVM's own when empty.")
            .optional();
    private static final Setting<Integer> WINDOW = Setting.integer(
                    "SCAN_WINDOW_ROWS",
                    "Rows per read of the scan: fewer mean more reads, more mean longer ones. Set it high for a table without a usable key.",
                    10,
                    1_000_000)
            .or(10_000);

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL =
            List.of(HOST, PORT, USER, PASSWORD, SCHEMA, TABLE, COLUMN, MAPPING, MAPPING_SCHEMA, TLS, TLS_CA, WINDOW);

    /** Reads them. The environment collects problems; a value with a problem is null. */
    public static MariaDbSettings from(Environment env) {
        String host = env.read(HOST);
        String schema = env.read(SCHEMA);
        Secret password = env.read(PASSWORD);
        if (!password.isPresent() && !env.has(SECRET_ARN)) {
            env.problem("Neither DB_PASSWORD nor DB_SECRET_ARN is set: set one, for the password of DB_USER");
        }
        Tls usual = host != null && LOOPBACK.contains(host) ? Tls.DISABLE : Tls.VERIFY_FULL;
        Server server = new Server(
                host, env.read(PORT), env.read(USER), password, env.read(TLS).orElse(usual), env.read(TLS_CA));
        return new MariaDbSettings(
                server,
                named(schema, env.read(TABLE)),
                env.read(COLUMN),
                named(env.read(MAPPING_SCHEMA).orElse(schema), env.read(MAPPING)),
                env.read(WINDOW));
    }

    /** The password as it is set; empty if it comes from elsewhere. */
    public Secret password() {
        return server.password();
    }

    /** The values that make a migration on them a different one, by the names of their environment variables. */
    public Map<String, String> identity() {
        return Map.of(
                HOST.name(), server.host(),
                PORT.name(), Integer.toString(server.port()),
                SCHEMA.name(), catalog.schema(),
                TABLE.name(), catalog.table(),
                COLUMN.name(), column,
                MAPPING.name(), mapping.table(),
                MAPPING_SCHEMA.name(), mapping.schema());
    }

    private static TableName named(String schema, String table) {
        return schema == null || table == null ? null : new TableName(schema, table);
    }
}
