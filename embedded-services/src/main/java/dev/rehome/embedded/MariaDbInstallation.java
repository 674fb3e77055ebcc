package dev.rehome.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The location of the files of one MariaDB.
 *
 * @param base the base directory
 * @param server the program mariadbd
 * @param share the directory of the SQL scripts that make the system tables
 */
record MariaDbInstallation(Path base, Path server, Path share) {
    private static final String INSTALLED = "rehome.embedded.mariadb";

    /**
     * The installation whose mariadbd the system property {@code rehome.embedded.mariadb} names, such as Debian's
     * {@code /usr/sbin/mariadbd}; without the property, the one from the class path.
     *
     * @throws ServerFailedException when the program or its scripts don't exist
     */
    static MariaDbInstallation current() {
        String installed = System.getProperty(INSTALLED, "");
        if (installed.isEmpty()) {
            Path base = Programs.mariaDb();
            return new MariaDbInstallation(base, base.resolve("bin/mariadbd"), base.resolve("share"));
        }
        Path server = Path.of(installed).toAbsolutePath();
        if (!Files.isExecutable(server)) {
            throw new ServerFailedException(
                    INSTALLED + " is " + server + ", which isn't an executable file: expected the path of mariadbd");
        }
        Path base = server.getParent().getParent();
        // The first is Debian's, the second that of MariaDB's own packages, the third an unpacked archive's.
        Path share = Stream.of("share/mysql", "share/mariadb", "share")
                .map(base::resolve)
                .filter(MariaDbInstallation::hasScripts)
                .findFirst()
                .orElseThrow(() -> new ServerFailedException(
                        server + " has no mariadb_system_tables.sql or mysql_system_tables.sql below " + base
                                + "/share: install the whole server package"));
        return new MariaDbInstallation(base, server, share);
    }

    private static boolean hasScripts(Path share) {
        return Files.exists(share.resolve("mariadb_system_tables.sql"))
                || Files.exists(share.resolve("mysql_system_tables.sql"));
    }

    /** The scripts that make the system tables, in their order. MariaDB 11 renamed them. */
    List<Path> systemTables() {
        String brand = Files.exists(share.resolve("mariadb_system_tables.sql")) ? "mariadb" : "mysql";
        return Stream.of("system_tables", "performance_tables", "system_tables_data")
                .map(script -> share.resolve(brand + "_" + script + ".sql"))
                .toList();
    }
}
