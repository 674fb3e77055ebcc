package dev.rehome.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates the files that mariadbd needs to start, as the shell script mariadb-install-db does, but without help tables, sys
 * schema and its accounts: this takes a fifth of the time and needs no host name.
 */
final class MariaDbFiles {
    private final MariaDbInstallation installation;
    private final ServerDirectory directory;

    MariaDbFiles(MariaDbInstallation installation, ServerDirectory directory) {
        this.installation = installation;
        this.directory = directory;
    }

    /** Creates the data directory if there is none. It appears by a rename, so it is either complete or absent. */
    void create() throws IOException {
        if (!Files.isDirectory(directory.data())) {
            Path unfinished = directory.root().resolve("data.creating");
            FileTree.delete(unfinished);
            bootstrap(Files.createDirectory(unfinished));
            Files.move(unfinished, directory.data(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The options for both creating the system tables and serving. */
    List<String> commonArguments(Path data) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--no-defaults"));
        if (isRoot()) {
            arguments.add("--user=root"); // otherwise mariadbd refuses to run as root
        }
        arguments.add("--basedir=" + installation.base());
        arguments.add("--datadir=" + data);
        // Not shared with other servers, even during the bootstrap: a starting server deletes all temporary tables in
        // it.
        arguments.add("--tmpdir=" + Files.createDirectories(directory.root().resolve("tmp")));
        // With TLS each start generates a certificate, which takes longer than the rest of the start.
        arguments.add("--skip-ssl");
        return arguments;
    }

    /** Writes the statements that the server executes at each start before it accepts connections. */
    Path writeInitFile(MariaDbSettings settings) throws IOException {
        StringBuilder sql = new StringBuilder("""
                SET SESSION sql_log_bin = 0;
                CREATE USER IF NOT EXISTS 'root'@'127.0.0.1';
                ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY %s;
                GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
                """.formatted(string(settings.rootPassword())));
        for (String database : settings.databases()) {
            sql.append("CREATE DATABASE IF NOT EXISTS `%s` CHARACTER SET utf8mb4;\n"
                    .formatted(database.replace("`", "``")));
        }
        Path file = directory.root().resolve("init.sql");
        Secret.write(file, sql.toString());
        return file;
    }

    /** An SQL literal for the default SQL mode. */
    private static String string(String value) {
        if (value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "a value for the init file must not contain line breaks, because each line is a statement");
        }
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private void bootstrap(Path data) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(installation.server().toString());
        command.addAll(commonArguments(data));
        command.addAll(List.of("--bootstrap", "--log-warnings=0", "--enforce-storage-engine="));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(directory.log().toFile()))
                .start();
        try (OutputStream input = process.getOutputStream()) {
            input.write("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n"
                    .getBytes(StandardCharsets.UTF_8));
            for (Path script : installation.systemTables()) {
                Files.copy(script, input);
            }
            // Deletes the accounts without a password; the init file creates the one with a password.
            input.write("DELETE FROM global_priv WHERE User = 'root';\nDELETE FROM proxies_priv;\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException("creating the system tables ended with status " + status);
        }
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }
}
